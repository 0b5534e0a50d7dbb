package org.ambientvcp.wasm.interpreter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.code.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every numeric instruction by the cases of `numeric.txt`.
class NumericTest {
    private static final TestModule MODULE = TestModule.of("numeric");

    static List<String> cases() throws IOException {
        try (var stream = NumericTest.class.getResourceAsStream("numeric.txt")) {
            var text = new String(Objects.requireNonNull(stream).readAllBytes(), UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesAsTheSpecificationSays(String line) {
        var isTrap = line.contains(" ! ");
        var parts = line.split(isTrap ? " ! " : " = ", -1);
        var words = parts[0].split(" ", -1);
        var signature = MODULE.signature(words[0]);
        var arguments = new long[words.length - 1];
        for (var i = 0; i < arguments.length; i++)
            arguments[i] = bits(signature.parameters().get(i), words[i + 1]);

        var run = MODULE.call(words[0], arguments);

        if (isTrap) {
            assertThat(run.outcome()).isEqualTo(Outcome.TRAPPED);
            assertThat(run.reason()).isEqualTo(parts[1]);
        } else {
            assertThat(run.results()).containsExactly(bits(signature.results().getFirst(), parts[1]));
        }
    }

    /// What is above the low 32 bits of an i32 or f32 is not part of it.
    @ParameterizedTest
    @MethodSource("cases")
    void looksOnlyAtTheLowBitsOfShortValues(String line) {
        if (line.contains(" ! ")) return;
        var parts = line.split(" = ", -1);
        var words = parts[0].split(" ", -1);
        var signature = MODULE.signature(words[0]);
        var arguments = new long[words.length - 1];
        for (var i = 0; i < arguments.length; i++) {
            var kind = signature.parameters().get(i);
            arguments[i] = bits(kind, words[i + 1]);
            if (!kind.isWide()) arguments[i] |= 0x5a5a5a5aL << 32;
        }

        var run = MODULE.call(words[0], arguments);

        assertThat(run.results()).containsExactly(bits(signature.results().getFirst(), parts[1]));
    }

    @Test
    void everyInstructionHasACase() throws IOException {
        var covered = cases().stream().map(line -> line.substring(0, line.indexOf(' ')));
        var missing = new ArrayList<String>();
        MODULE.exports().forEach(missing::add);

        assertThat(missing).hasSize(136);
        covered.forEach(missing::remove);

        assertThat(missing).isEmpty();
    }

    private static long bits(Kind kind, String text) {
        return switch (kind) {
            case I32 -> integer(text) & 0xffff_ffffL;
            case I64 -> integer(text);
            case F32 -> Float.floatToIntBits(Float.parseFloat(text)) & 0xffff_ffffL;
            case F64 -> Double.doubleToLongBits(Double.parseDouble(text));
        };
    }

    private static long integer(String text) {
        return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseLong(text);
    }
}
