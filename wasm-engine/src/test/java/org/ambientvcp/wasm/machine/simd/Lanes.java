package org.ambientvcp.wasm.machine.simd;

import java.util.function.IntToLongFunction;

/// A vector as an array of lanes, the plain way.
final class Lanes {
    private Lanes() {}

    /// Lane `index` of the halves in a row.
    static long signed(long[] halves, int bits, int index) {
        var lanes = 64 / bits;
        var half = halves[index / lanes] >>> (index % lanes * bits);
        return half << (64 - bits) >> (64 - bits);
    }

    static long unsigned(long[] halves, int bits, int index) {
        return signed(halves, bits, index) & -1L >>> (64 - bits);
    }

    /// A half whose lanes have these lowest bits.
    static long half(int bits, IntToLongFunction lane) {
        var half = 0L;
        for (var index = 0; index < 64 / bits; index++)
            half |= (lane.applyAsLong(index) & -1L >>> (64 - bits)) << (index * bits);
        return half;
    }

    static long saturated(long value, long least, long most) {
        return Math.max(least, Math.min(most, value));
    }
}
