package org.ambientvcp.wasm;

import static org.ambientvcp.wasm.ModuleWriter.concat;
import static org.ambientvcp.wasm.ModuleWriter.number;
import static org.ambientvcp.wasm.ModuleWriter.octets;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `i8x16.shuffle` of any bytes, in both modes.
class ShuffleTest {
    private static final int BYTES = 16;

    @ParameterizedTest
    @CsvSource({
        "identity, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
        "second, 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31",
        "upper halves, 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31",
        "window, 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18",
        "round, 29 30 31 0 1 2 3 4 5 6 7 8 9 10 11 12",
        "words exchanged, 4 5 6 7 0 1 2 3 12 13 14 15 8 9 10 11",
        "words interleaved, 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23",
        "bytes interleaved, 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23",
        "every second, 0 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30",
        "mirrored, 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0",
        "one everywhere, 21 21 21 21 21 21 21 21 21 21 21 21 21 21 21 21",
        "any, 7 30 2 19 25 0 13 22 9 5 31 16 4 11 28 1"
    })
    void bytesGoWhereTheirIndicesSay(String name, String indices) {
        check(
                Arrays.stream(indices.split(" ")).mapToInt(Integer::parseInt).toArray(),
                new SplittableRandom(name.length()));
    }

    @Test
    void randomBytesGoWhereTheirIndicesSay() {
        var random = new SplittableRandom(1);
        for (var round = 0; round < 300; round++) {
            var sources = random.nextInt(1, 33);
            var step = 1 << random.nextInt(4);
            var indices = new int[BYTES];
            for (var i = 0; i < BYTES; i++)
                indices[i] = i % step == 0 ? random.nextInt(sources) / step * step : indices[i - 1] + 1;

            check(indices, random);
        }
    }

    private static void check(int[] indices, SplittableRandom random) {
        var bytes = new byte[2 * BYTES];
        random.nextBytes(bytes);
        var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        var chosen = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (var i = 0; i < BYTES; i++) chosen.put(i, bytes[indices[i]]);
        var module = Modules.module(module(indices));
        var call = Modules.call(
                "f",
                Value.i64(in.getLong(0)),
                Value.i64(in.getLong(8)),
                Value.i64(in.getLong(16)),
                Value.i64(in.getLong(24)));

        for (var mode : ExecutionMode.values()) {
            var execution = new WasmEngine(System::nanoTime, mode).run(module, call);

            assertThat(execution.values())
                    .as("%s %s", mode, Arrays.toString(indices))
                    .containsExactly(Value.i64(chosen.getLong(0)), Value.i64(chosen.getLong(8)));
            assertThat(execution.gasUsed()).isEqualTo(4 + 4 * 2 + 8 + 2 + 4 * 2);
        }
    }

    /// Makes two vectors of its four parameters, and gives the halves of the shuffled one.
    private static byte[] module(int[] indices) {
        var vectors = octets(
                0x20, 0, 0xfd, 0x12, 0x20, 1, 0xfd, 0x1e, 1, 0x20, 2, 0xfd, 0x12, 0x20, 3, 0xfd, 0x1e, 1, 0xfd, 0x0d);
        var halves = octets(0x21, 4, 0x20, 4, 0xfd, 0x1d, 0, 0x20, 4, 0xfd, 0x1d, 1, 0x0b);
        var body = concat(octets(1, 1, 0x7b), vectors, octets(indices), halves);
        return new ModuleWriter()
                .section(1, 1, 0x60, 4, 0x7e, 0x7e, 0x7e, 0x7e, 2, 0x7e, 0x7e)
                .section(3, 1, 0)
                .section(7, 1, 1, 'f', 0, 0)
                .section(10, concat(octets(1), number(body.length), body))
                .toBytes();
    }
}
