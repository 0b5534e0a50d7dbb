package org.ambientvcp.wasm.tensor;

import java.util.function.LongConsumer;
import org.ambientvcp.wasm.machine.MemoryAccess;

/// `relu_f32` and `relu_i8`.
final class Rectifier {
    /// Bytes between two looks at the clock.
    private static final int PART = 1 << 22;

    private static final long SIGNS = 0x8080_8080_8080_8080L;

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

    private static void rectifyF32(byte[] memory, int from, int to, int bytes) {
        for (var i = 0; i < bytes; i += Float.BYTES) {
            var value = (float) MemoryAccess.FLOAT.get(memory, from + i);
            // Not Math.max: which bits it gives for NaN is not defined.
            MemoryAccess.FLOAT.set(memory, to + i, value > 0 ? value : value <= 0 ? 0 : Float.NaN);
        }
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
