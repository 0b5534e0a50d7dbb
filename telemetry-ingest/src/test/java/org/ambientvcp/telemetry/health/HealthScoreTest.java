package org.ambientvcp.telemetry.health;

import static org.ambientvcp.telemetry.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthScoreTest {
    private static final int PPM = HealthScore.PPM;

    @Test
    void gigabitIsFullBandwidth() {
        assertThat(HealthScore.bandwidthPpm(0)).isZero();
        assertThat(HealthScore.bandwidthPpm(250_000)).isEqualTo(250_000);
        assertThat(HealthScore.bandwidthPpm(1_000_000)).isEqualTo(PPM);
        assertThat(HealthScore.bandwidthPpm(Integer.MAX_VALUE)).isEqualTo(PPM);
    }

    @Test
    void hundredMillisecondsAreWorthNothing() {
        assertThat(HealthScore.latencyPpm(0)).isEqualTo(PPM);
        assertThat(HealthScore.latencyPpm(25_000)).isEqualTo(750_000);
        assertThat(HealthScore.latencyPpm(99_999)).isEqualTo(10);
        assertThat(HealthScore.latencyPpm(100_000)).isZero();
        assertThat(HealthScore.latencyPpm(Integer.MAX_VALUE)).isZero();
    }

    @Test
    void computeIsTheMeanOfWhatIsMeasured() {
        assertThat(HealthScore.computePpm(200_000, 600_001)).isEqualTo(400_000);
        assertThat(HealthScore.computePpm(null, 600_000)).isEqualTo(600_000);
        assertThat(HealthScore.computePpm(200_000, null)).isEqualTo(200_000);
        assertThat(HealthScore.computePpm(null, null)).isNull();
    }

    @Test
    void newNodeHasHalfAReputation() {
        assertThat(HealthScore.reputationPpm(0, 0, 0)).isEqualTo(500_000);
    }

    @Test
    void disputesCostFivePercentEachAndThirtyAtMost() {
        assertThat(HealthScore.reputationPpm(9, 1, 0)).isEqualTo(900_000);
        assertThat(HealthScore.reputationPpm(9, 1, 2)).isEqualTo(800_000);
        assertThat(HealthScore.reputationPpm(9, 1, 6)).isEqualTo(600_000);
        assertThat(HealthScore.reputationPpm(9, 1, HealthScore.MAX_COUNT)).isEqualTo(600_000);
        assertThat(HealthScore.reputationPpm(1, 9, 6)).isZero();
    }

    @Test
    void largestCountsDoNotOverflow() {
        assertThat(HealthScore.reputationPpm(HealthScore.MAX_COUNT, HealthScore.MAX_COUNT, 0))
                .isEqualTo(500_000);
    }

    @Test
    void weightsAreFourThreeTwoOne() {
        assertThat(HealthScore.scorePpm(PPM, 0, 0, 0)).isEqualTo(400_000);
        assertThat(HealthScore.scorePpm(0, PPM, 0, 0)).isEqualTo(300_000);
        assertThat(HealthScore.scorePpm(0, 0, PPM, 0)).isEqualTo(200_000);
        assertThat(HealthScore.scorePpm(0, 0, 0, PPM)).isEqualTo(100_000);
        assertThat(HealthScore.scorePpm(PPM, PPM, PPM, PPM)).isEqualTo(PPM);
    }

    @Test
    void reputationAloneIsTheScoreWhenNoSensorSpeaks() {
        assertThat(HealthScore.scorePpm(null, null, null, 730_000)).isEqualTo(730_000);
    }

    @Test
    void missingSensorIsNotZero() {
        var missing = HealthScore.scorePpm(null, 800_000, 800_000, 800_000);
        var zero = HealthScore.scorePpm(0, 800_000, 800_000, 800_000);

        assertThat(missing).isEqualTo(800_000);
        assertThat(zero).isEqualTo(480_000);
    }

    @Test
    void scoreEqualsItsFormulaInDecimals() {
        forAll(5_000, Parts::random, parts -> assertThat(parts.score()).isEqualTo(parts.reference()));
    }

    @Test
    void scoreIsAShare() {
        forAll(5_000, Parts::random, parts -> assertThat(parts.score()).isBetween(0, PPM));
    }

    @Test
    void scoreOnlyGrowsWithEachComponent() {
        forAll(5_000, Parts::random, parts -> {
            var score = parts.score();
            if (parts.bandwidth != null && parts.bandwidth < PPM)
                assertThat(HealthScore.scorePpm(parts.bandwidth + 1, parts.latency, parts.compute, parts.reputation))
                        .isGreaterThanOrEqualTo(score);
            if (parts.latency != null && parts.latency < PPM)
                assertThat(HealthScore.scorePpm(parts.bandwidth, parts.latency + 1, parts.compute, parts.reputation))
                        .isGreaterThanOrEqualTo(score);
            if (parts.compute != null && parts.compute < PPM)
                assertThat(HealthScore.scorePpm(parts.bandwidth, parts.latency, parts.compute + 1, parts.reputation))
                        .isGreaterThanOrEqualTo(score);
            if (parts.reputation < PPM)
                assertThat(HealthScore.scorePpm(parts.bandwidth, parts.latency, parts.compute, parts.reputation + 1))
                        .isGreaterThanOrEqualTo(score);
        });
    }

    @Test
    void reputationEqualsItsFormulaInDecimalsAndIsAShare() {
        record Counts(long accepted, long failed, long disputes) {}
        forAll(5_000, random -> new Counts(count(random), count(random), random.nextLong(20)), c -> {
            var reputation = HealthScore.reputationPpm(c.accepted, c.failed, c.disputes);
            var verdicts = BigDecimal.valueOf(c.accepted + c.failed);
            var share = verdicts.signum() == 0
                    ? new BigDecimal("0.5")
                    : BigDecimal.valueOf(c.accepted).divide(verdicts, 30, RoundingMode.DOWN);
            var penalty = new BigDecimal("0.05")
                    .multiply(BigDecimal.valueOf(c.disputes))
                    .min(new BigDecimal("0.3"));
            var expected = share.subtract(penalty).max(BigDecimal.ZERO).min(BigDecimal.ONE);
            assertThat(reputation).isBetween(0, PPM);
            assertThat(reputation).isEqualTo(ppm(expected));
        });
    }

    private static long count(RandomGenerator random) {
        return random.nextLong(1L << random.nextInt(1, 39));
    }

    private static int ppm(BigDecimal share) {
        return share.movePointRight(6).setScale(0, RoundingMode.DOWN).intValueExact();
    }

    private record Parts(
            @Nullable Integer bandwidth,
            @Nullable Integer latency,
            @Nullable Integer compute,
            int reputation) {

        static Parts random(RandomGenerator random) {
            return new Parts(part(random), part(random), part(random), random.nextInt(PPM + 1));
        }

        private static @Nullable Integer part(RandomGenerator random) {
            return random.nextInt(4) == 0 ? null : (Integer) random.nextInt(PPM + 1);
        }

        int score() {
            return HealthScore.scorePpm(bandwidth, latency, compute, reputation);
        }

        int reference() {
            var sum = new BigDecimal("0.1").multiply(BigDecimal.valueOf(reputation));
            var weights = new BigDecimal("0.1");
            var values = new Integer[] {bandwidth, latency, compute};
            var shares = new BigDecimal[] {new BigDecimal("0.4"), new BigDecimal("0.3"), new BigDecimal("0.2")};
            for (int i = 0; i < values.length; i++) {
                if (values[i] == null) continue;
                sum = sum.add(shares[i].multiply(BigDecimal.valueOf(values[i])));
                weights = weights.add(shares[i]);
            }
            return sum.divide(weights, 0, RoundingMode.DOWN).intValueExact();
        }
    }
}
