package org.ambientvcp.wasm.tensor;

import java.util.function.LongConsumer;
import org.ambientvcp.wasm.machine.MemoryAccess;

/// `relu_f32` and `relu_i8`.
final class Rectifier {
    private static final long SIGNS = 0x8080_8080_8080_8080L;

    private Rectifier() {}

    static void runF32(byte[] memory, Arguments arguments, LongConsumer charge) {
        var count = arguments.at(2);
        var input = Region.of(memory, arguments.at(0), Float.BYTES, count);
        var output = Region.of(memory, arguments.at(1), Float.BYTES, count);
        output.requireSameOrApartFrom(input);
        charge.accept(TensorGas.rectifier(output.bytes()));

        for (var i = 0; i < output.bytes(); i += Float.BYTES) {
            var value = (float) MemoryAccess.FLOAT.get(memory, input.address() + i);
            // Not Math.max: which bits it gives for NaN is not defined.
            MemoryAccess.FLOAT.set(memory, output.address() + i, value > 0 ? value : value <= 0 ? 0 : Float.NaN);
        }
    }

    static void runI8(byte[] memory, Arguments arguments, LongConsumer charge) {
        var count = arguments.at(2);
        var input = Region.of(memory, arguments.at(0), Byte.BYTES, count);
        var output = Region.of(memory, arguments.at(1), Byte.BYTES, count);
        output.requireSameOrApartFrom(input);
        charge.accept(TensorGas.rectifier(output.bytes()));

        var i = 0;
        for (; i <= output.bytes() - Long.BYTES; i += Long.BYTES) {
            var eight = (long) MemoryAccess.LONG.get(memory, input.address() + i);
            var ones = (eight & SIGNS) >>> 7;
            MemoryAccess.LONG.set(memory, output.address() + i, eight & ~((ones << 8) - ones));
        }
        for (; i < output.bytes(); i++) memory[output.address() + i] = (byte) Math.max(memory[input.address() + i], 0);
    }
}
