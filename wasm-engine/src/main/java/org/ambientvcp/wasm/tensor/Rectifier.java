package org.ambientvcp.wasm.tensor;

import java.util.function.LongConsumer;
import org.ambientvcp.wasm.machine.MemoryAccess;

/// `relu_f32` and `relu_i8`.
final class Rectifier {
    /// Bytes between two looks at the clock.
    private static final int PART = 1 << 22;

    private static final long SIGNS = 0x8080_8080_8080_8080L;
    private static final long FLOAT_SIGNS = 0x8000_0000_8000_0000L;
    /// Added to the bits of a float without its sign, sets the sign exactly if they are above those of infinity.
    private static final long NAN_TO_SIGN = 0x007f_ffff_007f_ffffL;

    private Rectifier() {}

    static void runF32(byte[] memory, Arguments arguments, LongConsumer charge) {
        var count = arguments.at(2);
        var input = Region.of(memory, arguments.at(0), Float.BYTES, count);
        var output = Region.of(memory, arguments.at(1), Float.BYTES, count);
        output.requireSameOrApartFrom(input);
        charge.accept(TensorGas.rectifier(output.bytes()));

        for (var at = 0; at < output.bytes(); at += PART) {
            if (at > 0) charge.accept(0);
            rectifyF32(memory, input.address() + at, output.address() + at, Math.min(PART, output.bytes() - at));
        }
    }

    /// Two at once, and without a branch but for NaN: the signs of numbers cannot be predicted.
    private static void rectifyF32(byte[] memory, int from, int to, int bytes) {
        var i = 0;
        for (; i <= bytes - Long.BYTES; i += Long.BYTES) {
            var two = (long) MemoryAccess.LONG.get(memory, from + i);
            if ((((two & ~FLOAT_SIGNS) + NAN_TO_SIGN) & FLOAT_SIGNS) != 0) {
                rectifyOne(memory, from + i, to + i);
                rectifyOne(memory, from + i + Float.BYTES, to + i + Float.BYTES);
            } else {
                var ones = (two & FLOAT_SIGNS) >>> 31;
                MemoryAccess.LONG.set(memory, to + i, two & ~((ones << 32) - ones));
            }
        }
        if (i < bytes) rectifyOne(memory, from + i, to + i);
    }

    private static void rectifyOne(byte[] memory, int from, int to) {
        var value = (float) MemoryAccess.FLOAT.get(memory, from);
        // Not Math.max: which bits it gives for NaN is not defined.
        MemoryAccess.FLOAT.set(memory, to, value > 0 ? value : value <= 0 ? 0 : Float.NaN);
    }

    static void runI8(byte[] memory, Arguments arguments, LongConsumer charge) {
        var count = arguments.at(2);
        var input = Region.of(memory, arguments.at(0), Byte.BYTES, count);
        var output = Region.of(memory, arguments.at(1), Byte.BYTES, count);
        output.requireSameOrApartFrom(input);
        charge.accept(TensorGas.rectifier(output.bytes()));

        for (var at = 0; at < output.bytes(); at += PART) {
            if (at > 0) charge.accept(0);
            rectifyI8(memory, input.address() + at, output.address() + at, Math.min(PART, output.bytes() - at));
        }
    }

    private static void rectifyI8(byte[] memory, int from, int to, int bytes) {
        var i = 0;
        for (; i <= bytes - Long.BYTES; i += Long.BYTES) {
            var eight = (long) MemoryAccess.LONG.get(memory, from + i);
            var ones = (eight & SIGNS) >>> 7;
            MemoryAccess.LONG.set(memory, to + i, eight & ~((ones << 8) - ones));
        }
        for (; i < bytes; i++) memory[to + i] = (byte) Math.max(memory[from + i], 0);
    }
}
