package org.ambientvcp.wasm.machine;

/// A host function of one run, its arguments and results as bits.
@FunctionalInterface
public interface HostCall {
    /// @param arguments i32 and f32 in the low 32 bits
    /// @return the results, in an array of that length
    long[] call(long[] arguments);
}
