package org.ambientvcp.telemetry.health;

import static org.ambientvcp.telemetry.ForAll.forAll;
import static org.ambientvcp.telemetry.health.Smoothing.HALF_LIFE_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class SmoothingTest {
    private static final MathContext DIGITS = new MathContext(60);

    @Test
    void firstSampleIsTheAverage() {
        assertThat(Smoothing.next(null, 7_000, 5)).isEqualTo(new Smoothed(7_000, 5));
    }

    @Test
    void oldValueHasHalfItsWeightAfterAHalfLife() {
        var next = Smoothing.next(new Smoothed(0, 0), 1_000_000, HALF_LIFE_MILLIS);

        assertThat(next.value()).isCloseTo(500_000, within(1));
    }

    @Test
    void manySmallStepsDecayAsOneLargeOne() {
        var average = new Smoothed(0, 0);
        for (int step = 1; step <= 100; step++) average = Smoothing.next(average, 1_000_000_000, step * 100L);

        assertThat(average.value()).isCloseTo(500_000_000, within(200));
    }

    @Test
    void constantIsTheTenThousandthRootOfOneHalf() {
        var constant = new BigDecimal(BigInteger.valueOf(Smoothing.DECAY_OF_ONE_MILLI))
                .divide(new BigDecimal(BigInteger.ONE.shiftLeft(62)), DIGITS);
        var above = new BigDecimal(BigInteger.valueOf(Smoothing.DECAY_OF_ONE_MILLI + 1))
                .divide(new BigDecimal(BigInteger.ONE.shiftLeft(62)), DIGITS);

        assertThat(constant.pow(10_000, DIGITS)).isLessThanOrEqualTo(new BigDecimal("0.5"));
        assertThat(above.pow(10_000, DIGITS)).isGreaterThan(new BigDecimal("0.5"));
    }

    @Test
    void decayIsTheExponentialToTwelveDigits() {
        forAll(2_000, random -> random.nextLong(620_000), millis -> {
            var decay = Smoothing.decay(millis) / (double) Smoothing.ONE;
            assertThat(decay).isCloseTo(Math.pow(2, -millis / 10_000.0), within(1e-12));
        });
    }

    @Test
    void decayOnlyFalls() {
        for (long millis = 0; millis < 30_000; millis++)
            assertThat(Smoothing.decay(millis + 1)).isLessThan(Smoothing.decay(millis));
    }

    @Test
    void nothingIsLeftOfAnOldValueInTheEnd() {
        assertThat(Smoothing.next(new Smoothed(0, 0), 1_000, Long.MAX_VALUE).value())
                .isEqualTo(1_000);
    }

    @Test
    void sampleOfTheSameMomentMovesNothing() {
        assertThat(Smoothing.next(new Smoothed(100, 9), 900, 9)).isEqualTo(new Smoothed(100, 9));
    }

    @Test
    void timeThatRunsBackwardsMovesNothing() {
        assertThat(Smoothing.next(new Smoothed(100, 9), 900, 3)).isEqualTo(new Smoothed(100, 9));
    }

    @Test
    void averageStaysBetweenOldValueAndSample() {
        record Case(int old, int sample, long elapsed) {}
        forAll(
                5_000,
                random -> new Case(
                        random.nextInt(Integer.MAX_VALUE),
                        random.nextInt(Integer.MAX_VALUE),
                        random.nextLong(1, 1L << random.nextInt(1, 40))),
                c -> {
                    var next = Smoothing.next(new Smoothed(c.old(), 0), c.sample(), c.elapsed());
                    assertThat(next.value()).isBetween(Math.min(c.old(), c.sample()), Math.max(c.old(), c.sample()));
                    if (c.old() != c.sample()) assertThat(next.value()).isNotEqualTo(c.old());
                });
    }

    @Test
    void steadySampleIsReachedExactly() {
        record Case(int old, int sample, int interval) {}
        forAll(
                200,
                random -> new Case(random.nextInt(1_000_000), random.nextInt(1_000_000), random.nextInt(100, 60_000)),
                c -> {
                    var average = new Smoothed(c.old(), 0);
                    for (int step = 1; step <= 4_000 && average.value() != c.sample(); step++)
                        average = Smoothing.next(average, c.sample(), (long) step * c.interval());
                    assertThat(average.value()).isEqualTo(c.sample());
                });
    }

    @Test
    void extremesDoNotOverflow() {
        var down = Smoothing.next(new Smoothed(Integer.MAX_VALUE, 0), 0, Long.MAX_VALUE);
        var up = Smoothing.next(new Smoothed(0, 0), Integer.MAX_VALUE, HALF_LIFE_MILLIS);

        assertThat(down.value()).isZero();
        assertThat(up.value()).isCloseTo(Integer.MAX_VALUE / 2, within(2));
    }
}
