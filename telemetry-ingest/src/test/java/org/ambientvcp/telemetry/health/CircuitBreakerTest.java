package org.ambientvcp.telemetry.health;

import static org.ambientvcp.events.Breaker.CLOSED;
import static org.ambientvcp.events.Breaker.HALF_OPEN;
import static org.ambientvcp.events.Breaker.OPEN;
import static org.ambientvcp.telemetry.ForAll.forAll;
import static org.ambientvcp.telemetry.Nodes.reputation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.random.RandomGenerator;
import org.ambientvcp.telemetry.health.CircuitBreaker.Vitals;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final Vitals FINE = new Vitals(60_000, 20_000, 0);
    private static final Vitals HOT = new Vitals(91_234, 20_000, 0);
    private static final BreakerState FRESH = BreakerState.closed(0);

    @Test
    void staysClosedAtTheLimits() {
        var atLimits = new Vitals(85_000, 100_000, 24);

        assertThat(CircuitBreaker.afterSample(FRESH, atLimits, 9)).isSameAs(FRESH);
    }

    @Test
    void opensAboveEightyFiveDegrees() {
        var state = CircuitBreaker.afterSample(FRESH, new Vitals(85_001, 20_000, 0), 9);

        assertThat(state.breaker()).isEqualTo(OPEN);
        assertThat(state.sinceEpochMillis()).isEqualTo(9);
        assertThat(state.reason()).isEqualTo("temperature 85.1 °C above 85.0 °C");
        assertThat(opened(HOT).reason()).isEqualTo("temperature 91.3 °C above 85.0 °C");
    }

    @Test
    void opensAboveAHundredMilliseconds() {
        var state = opened(new Vitals(60_000, 150_300, 0));

        assertThat(state.breaker()).isEqualTo(OPEN);
        assertThat(state.reason()).isEqualTo("latency 150.3 ms above 100.0 ms");
    }

    @Test
    void opensAtTwentyFiveErrors() {
        var state = opened(new Vitals(60_000, 20_000, 25));

        assertThat(state.breaker()).isEqualTo(OPEN);
        assertThat(state.reason()).isEqualTo("25 consecutive errors");
    }

    @Test
    void missingSensorsOpenNothing() {
        assertThat(CircuitBreaker.afterSample(FRESH, new Vitals(null, null, 0), 9))
                .isSameAs(FRESH);
    }

    @Test
    void halfOpensAfterThirtySecondsAndNotBefore() {
        var open = opened(HOT);

        assertThat(CircuitBreaker.afterSample(open, FINE, 29_999)).isSameAs(open);
        var halfOpen = CircuitBreaker.afterSample(open, FINE, 30_000);
        assertThat(halfOpen.breaker()).isEqualTo(HALF_OPEN);
        assertThat(halfOpen.sinceEpochMillis()).isEqualTo(30_000);
        assertThat(halfOpen.reason()).isEqualTo("one probe task after temperature 91.3 °C above 85.0 °C");
    }

    @Test
    void staysOpenUntilItIsCoolAndFast() {
        var open = opened(HOT);

        assertThat(later(open, new Vitals(80_000, 20_000, 0)).breaker()).isEqualTo(OPEN);
        assertThat(later(open, new Vitals(79_999, 80_000, 0)).breaker()).isEqualTo(OPEN);
        assertThat(later(open, new Vitals(79_999, 79_999, 0)).breaker()).isEqualTo(HALF_OPEN);
    }

    @Test
    void onlyTheSensorThatOpenedItHalfOpensIt() {
        var hot = opened(HOT);
        var slow = opened(new Vitals(60_000, 150_000, 0));
        var failing = opened(new Vitals(60_000, 20_000, 25));

        assertThat(later(hot, new Vitals(null, 20_000, 0)).breaker()).isEqualTo(OPEN);
        assertThat(later(hot, new Vitals(60_000, null, 0)).breaker()).isEqualTo(HALF_OPEN);
        assertThat(later(slow, new Vitals(60_000, null, 0)).breaker()).isEqualTo(OPEN);
        assertThat(later(slow, new Vitals(null, 20_000, 0)).breaker()).isEqualTo(HALF_OPEN);
        assertThat(later(failing, new Vitals(null, null, 0)).breaker()).isEqualTo(HALF_OPEN);
    }

    @Test
    void errorsDoNotHoldItOpen() {
        var failing = opened(new Vitals(60_000, 20_000, 25));

        var halfOpen = later(failing, new Vitals(60_000, 20_000, 25));

        assertThat(halfOpen.breaker()).isEqualTo(HALF_OPEN);
        assertThat(CircuitBreaker.afterSample(halfOpen, new Vitals(60_000, 20_000, 40), 60_000))
                .isSameAs(halfOpen);
    }

    @Test
    void acceptedProbeCloses() {
        var state = CircuitBreaker.afterVerdicts(halfOpen(), reputation(3, 1, 0), reputation(4, 1, 0), 40_000);

        assertThat(state).isEqualTo(BreakerState.closed(40_000));
        assertThat(state.reason()).isNull();
    }

    @Test
    void failedProbeOpensAgainForAnotherCoolDown() {
        var state = CircuitBreaker.afterVerdicts(halfOpen(), reputation(3, 1, 0), reputation(3, 2, 0), 40_000);

        assertThat(state.breaker()).isEqualTo(OPEN);
        assertThat(state.reason()).isEqualTo("probe task failed after temperature 91.3 °C above 85.0 °C");
        assertThat(CircuitBreaker.afterSample(state, FINE, 69_999).breaker()).isEqualTo(OPEN);
        assertThat(CircuitBreaker.afterSample(state, FINE, 70_000).breaker()).isEqualTo(HALF_OPEN);
    }

    @Test
    void disputeOrMixedVerdictsFailTheProbe() {
        assertThat(CircuitBreaker.afterVerdicts(halfOpen(), reputation(3, 1, 0), reputation(3, 1, 1), 40_000)
                        .breaker())
                .isEqualTo(OPEN);
        assertThat(CircuitBreaker.afterVerdicts(halfOpen(), reputation(3, 1, 0), reputation(4, 2, 0), 40_000)
                        .breaker())
                .isEqualTo(OPEN);
    }

    @Test
    void repeatedReputationDecidesNothing() {
        var halfOpen = halfOpen();

        assertThat(CircuitBreaker.afterVerdicts(halfOpen, reputation(3, 1, 0), reputation(3, 1, 0), 40_000))
                .isSameAs(halfOpen);
    }

    @Test
    void verdictsMoveNeitherAClosedNorAnOpenBreaker() {
        var open = opened(HOT);

        assertThat(CircuitBreaker.afterVerdicts(FRESH, reputation(0, 0, 0), reputation(0, 9, 9), 9))
                .isSameAs(FRESH);
        assertThat(CircuitBreaker.afterVerdicts(open, reputation(0, 0, 0), reputation(9, 0, 0), 9))
                .isSameAs(open);
    }

    @Test
    void heatDuringTheProbeOpensAgain() {
        var state = CircuitBreaker.afterSample(halfOpen(), HOT, 40_000);

        assertThat(state.breaker()).isEqualTo(OPEN);
        assertThat(state.sinceEpochMillis()).isEqualTo(40_000);
    }

    @Test
    void neverFlapsBetweenEightyAndEightyFiveDegrees() {
        record Case(BreakerState start, long seed) {}
        forAll(
                500,
                random -> new Case(
                        switch (random.nextInt(3)) {
                            case 0 -> FRESH;
                            case 1 -> opened(HOT);
                            default -> halfOpen();
                        },
                        random.nextLong()),
                c -> {
                    var random = new java.util.Random(c.seed());
                    var state = c.start();
                    for (long now = 60_000; now < 660_000; now += 1_000) {
                        var vitals = new Vitals(
                                random.nextInt(80_000, 85_001), random.nextInt(80_000, 100_001), random.nextInt(25));
                        state = CircuitBreaker.afterSample(state, vitals, now);
                        assertThat(state).isSameAs(c.start());
                    }
                });
    }

    @Test
    void changesOnlyAlongTheArrowsAndKeepsItsCause() {
        forAll(300, RandomGenerator::nextLong, seed -> {
            var random = new java.util.Random(seed);
            var state = FRESH;
            for (long now = 0; now < 600_000; now += random.nextInt(1, 20_000)) {
                var next = random.nextInt(4) == 0
                        ? CircuitBreaker.afterVerdicts(
                                state,
                                reputation(1, 1, 1),
                                reputation(random.nextInt(1, 3), random.nextInt(1, 3), 1),
                                now)
                        : CircuitBreaker.afterSample(state, vitals(random), now);
                if (!next.equals(state)) {
                    assertThat(next.sinceEpochMillis()).isEqualTo(now);
                    switch (state.breaker()) {
                        case CLOSED -> assertThat(next.breaker()).isEqualTo(OPEN);
                        case OPEN -> {
                            assertThat(next.breaker()).isEqualTo(HALF_OPEN);
                            assertThat(now - state.sinceEpochMillis()).isGreaterThanOrEqualTo(30_000);
                        }
                        case HALF_OPEN -> assertThat(next.breaker()).isIn(OPEN, CLOSED);
                    }
                }
                state = next;
            }
        });
    }

    @Test
    void breakerThatIsNotClosedHasACause() {
        assertThatThrownBy(() -> new BreakerState(OPEN, null, 0)).hasMessageContaining("OPEN");
        assertThatThrownBy(() -> new BreakerState(CLOSED, new Trip(Trip.Cause.ERRORS, 25, false), 0))
                .hasMessageContaining("CLOSED");
    }

    private static Vitals vitals(RandomGenerator random) {
        return new Vitals(sensor(random, 95_000), sensor(random, 130_000), random.nextInt(30));
    }

    private static @Nullable Integer sensor(RandomGenerator random, int most) {
        return random.nextInt(5) == 0 ? null : (Integer) random.nextInt(40_000, most);
    }

    private static BreakerState opened(Vitals vitals) {
        return CircuitBreaker.afterSample(FRESH, vitals, 0);
    }

    private static BreakerState later(BreakerState open, Vitals vitals) {
        return CircuitBreaker.afterSample(open, vitals, 30_000);
    }

    private static BreakerState halfOpen() {
        return later(opened(HOT), FINE);
    }
}
