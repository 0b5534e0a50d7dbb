package org.ambientvcp.benchmarks.wasm;

import java.time.Duration;

/// How much is measured of each kernel in each engine.
///
/// @param warmUp processor time of calls before the first timed one, at least one call; of all processes together
/// @param calls timed, ≥ 1
/// @param processes how often an engine outside of this JVM is started; the timed calls of all count
/// @param isSmall whether kernels do as little as makes sense
record Effort(Duration warmUp, int calls, int processes, boolean isSmall) {
    /// Enough for a figure that can be repeated.
    static final Effort FULL = new Effort(Duration.ofSeconds(3), 7, 3, false);

    /// Enough to see that it works.
    static final Effort SMOKE = new Effort(Duration.ofMillis(1), 1, 1, true);

    Duration warmUpOfProcess() {
        return warmUp.dividedBy(processes);
    }

    Kernel.Work of(Kernel kernel) {
        return isSmall ? kernel.small() : kernel.timed();
    }
}
