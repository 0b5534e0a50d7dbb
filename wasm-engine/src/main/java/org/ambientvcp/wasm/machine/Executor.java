package org.ambientvcp.wasm.machine;

/// A way to execute the functions of one module. Shared by all its runs, so it keeps nothing of one.
public interface Executor {
    /// Calls one of the module's own functions. Arguments are taken from and results left at
    /// `instance.stack[base…]`, as bits.
    ///
    /// @param function index among the module's own functions
    /// @param room slots of the run's stack that are left for the callee and all it calls
    /// @throws Stop when the run ends in it
    /// @throws RuntimeException what [Traps#of] explains
    void call(Instance instance, int function, int base, int room);
}
