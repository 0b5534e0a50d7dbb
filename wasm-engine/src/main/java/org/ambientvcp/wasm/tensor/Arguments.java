package org.ambientvcp.wasm.tensor;

import org.ambientvcp.wasm.machine.Stop;
import org.ambientvcp.wasm.machine.Traps;

/// The arguments of one call: every one an i32, read as unsigned.
final class Arguments {
    private static final String INVALID = "invalid argument";

    private final long[] bits;

    /// @param bits in the low 32
    Arguments(long... bits) {
        this.bits = bits;
    }

    long at(int index) {
        return bits[index] & 0xffff_ffffL;
    }

    /// @throws Stop the trap, if it is less or more
    int at(int index, int least, int most) {
        var value = at(index);
        if (value < least || value > most) throw Traps.trap(INVALID);
        return (int) value;
    }
}
