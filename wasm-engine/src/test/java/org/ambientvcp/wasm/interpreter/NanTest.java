package org.ambientvcp.wasm.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The bits of a NaN: canonical where it was computed, kept where it was not. All arguments are hex.
class NanTest {
    private static final TestModule MODULE = TestModule.of("nan");

    @ParameterizedTest
    @CsvSource({
        "stored f32, 0, 0, 7fc00000",
        "stored f32, ffc12345, 3f800000, 7fc00000",
        "stored f64, 7ff0000000000000, 7ff0000000000000, 7ff8000000000000",
        "stored f64, fff8123400000000, 0, 7ff8000000000000",
        "copied f32, 7fa12345, 0, 7fa12345",
        "copied f32, ffffffff, 0, ffffffff",
        "copied f64, fff4000000000001, 0, fff4000000000001",
        "negated f32, 7fa12345, 0, ffa12345",
        "negated sum, 7ff0000000000000, fff0000000000000, fff8000000000000",
        "absolute f64, fff4000000000001, 0, 7ff4000000000001",
        "sign from a NaN, fff4000000000001, 0, c008000000000000",
        "promoted, 7fa12345, 0, 7ff8000000000000",
        "promoted, ffc00001, 0, 7ff8000000000000",
        "demoted, fff4000000000001, 0, 7fc00000",
        "least, ffa12345, 3f800000, 7fc00000",
        "least, 3f800000, 7fffffff, 7fc00000",
        "in a local, 7f800000, 0, 7fc00000",
        "returned, bff0000000000000, 0, 7ff8000000000000"
    })
    void bitsOfNan(String function, String first, String second, String result) {
        var run = MODULE.call(function, bits(first), bits(second));

        assertThat(run.results()).containsExactly(bits(result));
    }

    @ParameterizedTest
    @CsvSource({"1, 7ff8000000000000", "0, fff4000000000001"})
    void aChoiceBetweenAComputedNanAndAnotherKeepsEach(long condition, String result) {
        var run = MODULE.call("mixed", bits("bff0000000000000"), bits("fff4000000000001"), condition);

        assertThat(run.results()).containsExactly(bits(result));
    }

    private static long bits(String hex) {
        return Long.parseUnsignedLong(hex, 16);
    }
}
