package org.ambientvcp.wasm.code;

import org.ambientvcp.wasm.machine.simd.SimdOp;

/// Writes what makes one half of a shuffled vector. Bytes that come from the same half and are moved by the same
/// distance
/// are moved together, by a rotation and a mask, or by a shift alone. If that would take more than a few of them, one
/// function moves byte by byte.
final class ByteMoves {
    private static final int BYTES = 8;
    private static final int SOURCES = 4;
    private static final int MOST_MOVES = 4;
    private static final int AND = 0x83;
    private static final int OR = 0x84;
    private static final int SHIFT_LEFT = 0x86;
    private static final int SHIFT_RIGHT_U = 0x88;
    private static final int ROTATE_LEFT = 0x89;

    private ByteMoves() {}

    /// @param indices of the bytes of both vectors, 0 to 31, the first one in the lowest byte
    /// @param halves with those of both vectors in its scratch locals 0 to 3
    static void write(long indices, Halves halves) {
        // By source and distance, to the left, the bytes of the result.
        var masks = new long[SOURCES * BYTES];
        for (var to = 0; to < BYTES; to++) {
            var index = (int) (indices >>> (to * BYTES)) & (SOURCES * BYTES - 1);
            var distance = (to - index) & (BYTES - 1);
            masks[index / BYTES * BYTES + distance] |= 0xffL << (to * BYTES);
        }
        var moves = 0;
        for (var mask : masks) if (mask != 0) moves++;
        if (moves > MOST_MOVES) {
            halves.get(0, 1, 2, 3);
            halves.constant(indices);
            halves.apply(Op.FIRST_SIMD + SimdOp.I8X16_SHUFFLE.number(), SOURCES + 1);
            return;
        }
        var isFirst = true;
        for (var i = 0; i < masks.length; i++) {
            if (masks[i] == 0) continue;
            halves.get(i / BYTES);
            move(i % BYTES * Byte.SIZE, masks[i], halves);
            if (!isFirst) halves.apply(OR, 2);
            isFirst = false;
        }
    }

    /// Moves a half on top to the left, what comes out to the right again, and keeps what the mask has.
    private static void move(int bits, long mask, Halves halves) {
        if (bits > 0 && mask == -1L << bits) {
            apply(SHIFT_LEFT, bits, halves);
        } else if (bits > 0 && mask == -1L >>> (Long.SIZE - bits)) {
            apply(SHIFT_RIGHT_U, Long.SIZE - bits, halves);
        } else {
            if (bits > 0) apply(ROTATE_LEFT, bits, halves);
            if (mask != -1) apply(AND, mask, halves);
        }
    }

    private static void apply(int op, long constant, Halves halves) {
        halves.constant(constant);
        halves.apply(op, 2);
    }
}
