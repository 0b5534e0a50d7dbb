package org.ambientvcp.wasm.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import org.ambientvcp.wasm.fuzz.Binary;
import org.junit.jupiter.api.Test;

class FunctionNamesTest {
    @Test
    void readsTheNamesOfFunctionsOnly() {
        var section = new Binary()
                .section(0, module -> module.name("module"))
                .section(
                        1,
                        names -> names.unsigned(2)
                                .unsigned(0)
                                .name("a")
                                .unsigned(300)
                                .name("ü"))
                .section(4, types -> types.unsigned(1).unsigned(1).name("type"))
                .toArray();

        assertThat(FunctionNames.of(section, 301)).isEqualTo(Map.of(0, "a", 300, "ü"));
        assertThat(FunctionNames.of(section, 300)).isEqualTo(Map.of(0, "a"));
    }

    @Test
    void keepsTheFirstOfTwoNamesAndTheBeginningOfALongOne() {
        var section = new Binary()
                .section(
                        1,
                        names -> names.unsigned(3)
                                .unsigned(5)
                                .name("first")
                                .unsigned(5)
                                .name("second")
                                .unsigned(1)
                                .name("x".repeat(1_000)))
                .toArray();

        assertThat(FunctionNames.of(section, 6)).isEqualTo(Map.of(5, "first", 1, "x".repeat(256)));
    }

    @Test
    void readsAsFarAsItMakesSense() {
        var two = new Binary()
                .section(
                        1,
                        names -> names.unsigned(2)
                                .unsigned(0)
                                .name("a")
                                .unsigned(1)
                                .name("b"))
                .toArray();
        var lie = new Binary()
                .section(
                        1,
                        names -> names.unsigned(0xffff_ffffL)
                                .unsigned(0)
                                .name("a")
                                .unsigned(1)
                                .unsigned(0x7fff_ffff))
                .toArray();

        assertThat(FunctionNames.of(new byte[0], 9)).isEmpty();
        assertThat(FunctionNames.of(java.util.Arrays.copyOf(two, two.length - 1), 9))
                .isEmpty();
        assertThat(FunctionNames.of(lie, 9)).isEqualTo(Map.of(0, "a"));
    }

    @Test
    void takesAnyBytes() {
        var random = new SplittableRandom(1);
        for (var i = 0; i < 10_000; i++) {
            var bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 0) bytes[0] = 1;

            assertThat(FunctionNames.of(bytes, 9).keySet()).allMatch(function -> function >= 0 && function < 9);
        }
    }
}
