package org.ambientvcp.wasm.tensor;

import org.ambientvcp.wasm.machine.Stop;
import org.ambientvcp.wasm.machine.Traps;

/// Part of a linear memory. Where one exists, it is inside the memory.
///
/// @param address of its first byte
/// @param bytes its length, 0 to 2^31 - 1
record Region(int address, int bytes) {
    private static final String OVERLAP = "overlapping memory";

    /// Tensors lie below this address, so that no index of theirs leaves an int.
    private static final int MOST_BYTES = 1 << 30;

    /// The memory that a dense tensor takes.
    ///
    /// @param address unsigned, in the low 32 bits
    /// @param extents 0 to 2^40 each
    /// @throws Stop the trap, if it is not all in memory; an empty tensor has to be in memory or at its end, too
    static Region of(byte[] memory, long address, int elementBytes, long... extents) {
        var start = address & 0xffff_ffffL;
        var most = Math.min(memory.length, MOST_BYTES);
        var bytes = bytes(most, elementBytes, extents);
        if (start + bytes > most) throw Traps.memory();
        return new Region((int) start, (int) bytes);
    }

    private static long bytes(long most, int elementBytes, long... extents) {
        for (var extent : extents) if (extent == 0) return 0;
        long bytes = elementBytes;
        for (var extent : extents) {
            if (extent > most / bytes) throw Traps.memory();
            bytes *= extent;
        }
        return bytes;
    }

    /// @throws Stop the trap, if a byte is in both regions
    void requireApartFrom(Region other) {
        var apart = bytes == 0
                || other.bytes == 0
                || address + bytes <= other.address
                || other.address + other.bytes <= address;
        if (!apart) throw Traps.trap(OVERLAP);
    }

    /// @throws Stop the trap, if a byte is in both regions and they do not start at the same address
    void requireSameOrApartFrom(Region other) {
        if (address != other.address) requireApartFrom(other);
    }
}
