package org.ambientvcp.wasm.tensor;

import static org.ambientvcp.wasm.tensor.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.ambientvcp.wasm.machine.MemoryAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RectifierTest {
    /// Bits in hexadecimal: NaN of every kind becomes the canonical one, zero loses its sign.
    @ParameterizedTest
    @CsvSource({
        "3f800000, 3f800000",
        "bf800000, 00000000",
        "00000000, 00000000",
        "80000000, 00000000",
        "00000001, 00000001",
        "80000001, 00000000",
        "7f800000, 7f800000",
        "ff800000, 00000000",
        "7fc00000, 7fc00000",
        "ffc00000, 7fc00000",
        "7f800001, 7fc00000",
        "ffffffff, 7fc00000"
    })
    void floatsBelowZeroBecomeZero(String before, String after) {
        var neighbours = new int[] {0, Float.floatToRawIntBits(-1.5f), 0x7f80_0000, 0xffff_ffff};
        for (var neighbour : neighbours) {
            var memory = new byte[24];
            for (var i = 0; i < 3; i++) MemoryAccess.INT.set(memory, 4 * i, neighbour);
            for (var place = 0; place < 3; place++) {
                MemoryAccess.INT.set(memory, 4 * place, Integer.parseUnsignedInt(before, 16));

                Calls.call(Kernels.FASTEST, "relu_f32", memory, 0, 12, 3);

                assertThat(Integer.toHexString((int) MemoryAccess.INT.get(memory, 12 + 4 * place)))
                        .isEqualTo(Integer.toHexString(Integer.parseUnsignedInt(after, 16)));
            }
            Calls.call(Kernels.FASTEST, "relu_f32", memory, 0, 0, 3);
            for (var i = 0; i < 3; i++)
                assertThat((int) MemoryAccess.INT.get(memory, 4 * i))
                        .isEqualTo((int) MemoryAccess.INT.get(memory, 12 + 4 * i));
        }
    }

    @Test
    void bytesBelowZeroBecomeZero() {
        forAll(500, random -> Numbers.ANY.memory(random.nextInt(100), 0, random), before -> {
            var memory = new byte[2 * before.length + 1];
            System.arraycopy(before, 0, memory, 1, before.length);

            Calls.call(Kernels.FASTEST, "relu_i8", memory, 1, 1 + before.length, before.length);
            Calls.call(Kernels.FASTEST, "relu_i8", memory, 1, 1, before.length);

            for (var i = 0; i < before.length; i++) {
                assertThat(memory[1 + i]).isEqualTo((byte) Math.max(before[i], 0));
                assertThat(memory[1 + before.length + i]).isEqualTo(memory[1 + i]);
            }
        });
    }

    @Test
    void longOnesAreDoneInPartsThatMeet() {
        var count = (1 << 22) + 13;
        var before = new byte[count];
        new SplittableRandom(1).nextBytes(before);
        var memory = Arrays.copyOf(before, 2 * count);

        Calls.call(Kernels.FASTEST, "relu_i8", memory, 0, count, count);
        var sum = Calls.call(Kernels.FASTEST, "dot_i8", memory, 0, count, count)[0];

        var exact = 0;
        for (var i = 0; i < count; i++) {
            var after = Math.max(before[i], 0);
            if (memory[count + i] != after) throw new AssertionError("byte " + i);
            exact += before[i] * after;
        }
        assertThat((int) sum).isEqualTo(exact);
        Calls.call(Kernels.FASTEST, "relu_f32", memory, 0, 0, count / 4);
        for (var at = 0; at < count / 4 * 4; at += 4) {
            var value = (float) MemoryAccess.FLOAT.get(before, at);
            var after = (int) MemoryAccess.INT.get(memory, at);
            if (after != (value > 0 ? Float.floatToRawIntBits(value) : value <= 0 ? 0 : 0x7fc00000))
                throw new AssertionError("byte " + at);
        }
    }
}
