package org.ambientvcp.wasm.trace;

import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.machine.Executor;

/// One invocation, which can be run any number of times, every time from the start in a fresh instance.
@FunctionalInterface
public interface Rerun {
    /// Runs the invocation with this executor of its module's code with steps, and waits for it. The executor may
    /// end the run with a [org.ambientvcp.wasm.machine.Stop], which may come out of here.
    ///
    /// @return how the run ended
    Outcome with(Executor executor);
}
