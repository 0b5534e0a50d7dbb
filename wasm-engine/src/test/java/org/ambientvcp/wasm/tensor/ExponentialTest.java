package org.ambientvcp.wasm.tensor;

import static org.ambientvcp.wasm.tensor.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExponentialTest {
    static final MathContext PRECISION = new MathContext(60);

    private record Argument(long x, int places) {}

    @Test
    void isAsExactAsItSays() {
        forAll(
                20_000,
                random -> new Argument(random.nextLong(1L << random.nextInt(33)), random.nextInt(32)),
                ExponentialTest::check);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 31", "1, 0", "1, 31", "63, 0", "64, 0", "42, 0", "43, 0", "4294967295, 31", "4294967295, 0"
    })
    void isAsExactAsItSaysAtTheBorders(long x, int places) {
        check(new Argument(x, places));
    }

    @Test
    void isOneAtZeroAndNeverRises() {
        assertThat(Exponential.ofMinus(0, 24)).isEqualTo(Exponential.ONE);
        var before = Exponential.ONE;
        for (var x = 0L; x < 1L << 20; x++) {
            var value = Exponential.ofMinus(x << 10, 24);
            assertThat(value).isBetween(0L, before);
            before = value;
        }
    }

    private static void check(Argument argument) {
        var exact = ofMinus(argument.x, argument.places).multiply(new BigDecimal(Exponential.ONE));
        var value = new BigDecimal(Exponential.ofMinus(argument.x, argument.places));

        var bound = exact.multiply(BigDecimal.ONE.divide(new BigDecimal(1L << 48), PRECISION))
                .add(BigDecimal.TWO);
        assertThat(value.subtract(exact).abs()).isLessThanOrEqualTo(bound);
    }

    /// e^-(x·2^-places), by Taylor's series of a small part of it, squared again and again. Zero if it is below
    /// 10^-100.
    static BigDecimal ofMinus(long x, int places) {
        if (x >> places > 231) return BigDecimal.ZERO;
        var squarings = 40;
        var small = new BigDecimal(x).negate().divide(BigDecimal.TWO.pow(places + squarings), new MathContext(80));
        var power = BigDecimal.ONE;
        var sum = BigDecimal.ONE;
        for (var i = 1; i < 14; i++) {
            power = power.multiply(small).divide(new BigDecimal(i), new MathContext(80));
            sum = sum.add(power, new MathContext(80));
        }
        for (var i = 0; i < squarings; i++) sum = sum.multiply(sum, new MathContext(80));
        return sum;
    }
}
