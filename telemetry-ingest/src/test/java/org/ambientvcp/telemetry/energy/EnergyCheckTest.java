package org.ambientvcp.telemetry.energy;

import static org.ambientvcp.telemetry.ForAll.forAll;
import static org.ambientvcp.telemetry.Nodes.NOON;
import static org.ambientvcp.telemetry.Nodes.reading;
import static org.ambientvcp.telemetry.Nodes.registration;
import static org.ambientvcp.telemetry.Nodes.sample;
import static org.assertj.core.api.Assertions.assertThat;

import org.ambientvcp.events.EnergyReading;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.NodeEnergy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnergyCheckTest {
    private static final long JOULE = 1_000_000;
    private static final MeterReading AT_NOON =
            meter(reading(1_000 * JOULE).setTasksMicrojoules(200 * JOULE).build());

    @Test
    void firstReadingClaimsNothing() {
        assertThat(check(null, reading(1_000 * JOULE).build(), 0))
                .isEqualTo(new EnergyFinding.First(meter(reading(1_000 * JOULE).build())));
    }

    @Test
    void energyIsTheDifferenceOfTwoReadings() {
        var used = used(
                AT_NOON, reading(1_500 * JOULE).setTasksMicrojoules(600 * JOULE).build(), 10_000);

        assertThat(used.getMicrojoules()).isEqualTo(500 * JOULE);
        assertThat(used.getTasksMicrojoules()).isEqualTo(400 * JOULE);
        assertThat(used.getAverageMilliwatts()).isEqualTo(50_000);
        assertThat(used.getFromEpochMillis()).isEqualTo(NOON);
        assertThat(used.getToEpochMillis()).isEqualTo(NOON + 10_000);
        assertThat(used.getRegion()).isEqualTo("de-west");
        assertThat(used.getIntensityMilligramsPerKwh()).isEqualTo(344_000);
        // 500 J = 1/7200 kWh; 344 g/kWh / 7200 = 47,777.8 µg
        assertThat(used.getMicrogramsCo2e()).isEqualTo(47_778);
    }

    @Test
    void averageIsAtMostOnePointTwoTimesTheTdp() {
        var most = used(
                AT_NOON, reading(2_200 * JOULE).setTasksMicrojoules(200 * JOULE).build(), 10_000);

        assertThat(most.getAverageMilliwatts()).isEqualTo(120_000);
        assertThat(refused(
                        AT_NOON,
                        reading(2_200 * JOULE + 1)
                                .setTasksMicrojoules(200 * JOULE)
                                .build(),
                        10_000))
                .startsWith("average power since the last reading is not 0–120000 mW");
    }

    @Test
    void powerIsAtMostOnePointTwoTimesTheTdp() {
        assertThat(check(null, reading(0).setPowerMilliwatts(120_000).build(), 0))
                .isInstanceOf(EnergyFinding.First.class);
        assertThat(refused(null, reading(0).setPowerMilliwatts(120_001).build(), 0))
                .isEqualTo("powerMilliwatts is not 0–120000 (1.2 times the TDP): 120001");
    }

    @Test
    void sentinelsAreRefusedByName() {
        assertThat(refused(null, reading(-1).build(), 0)).startsWith("counterMicrojoules is not 0–");
        assertThat(refused(null, reading(Long.MAX_VALUE).build(), 0)).startsWith("counterMicrojoules is not 0–");
        assertThat(refused(null, reading(Long.MIN_VALUE).build(), 0)).startsWith("counterMicrojoules is not 0–");
        assertThat(refused(null, reading(9).setTasksMicrojoules(-1).build(), 0)).startsWith("tasksMicrojoules");
        assertThat(refused(null, reading(9).setTasksMicrojoules(Long.MAX_VALUE).build(), 0))
                .startsWith("tasksMicrojoules");
        assertThat(refused(null, reading(9).setPowerMilliwatts(-1).build(), 0)).startsWith("powerMilliwatts");
        assertThat(refused(
                        null, reading(9).setPowerMilliwatts(Integer.MAX_VALUE).build(), 0))
                .startsWith("powerMilliwatts");
        assertThat(refused(null, reading(9).setUncertaintyPpm(-1).build(), 0)).startsWith("uncertaintyPpm");
        assertThat(refused(null, reading(9).setUncertaintyPpm(1_000_001).build(), 0))
                .startsWith("uncertaintyPpm");
        assertThat(refused(null, reading(9).setCounterWrapMicrojoules(-1).build(), 0))
                .startsWith("counterWrapMicrojoules");
        assertThat(refused(
                        null,
                        reading(9).setCounterWrapMicrojoules(Long.MAX_VALUE).build(),
                        0))
                .startsWith("counterWrapMicrojoules");
    }

    @Test
    void counterThatWentBackIsRefused() {
        assertThat(refused(
                        AT_NOON,
                        reading(999 * JOULE).setTasksMicrojoules(200 * JOULE).build(),
                        10_000))
                .isEqualTo("counterMicrojoules went back from 1000000000 to 999000000");
    }

    @Test
    void declaredWrapOfRaplIsAcceptedOnce() {
        var before = meter(wrapping(990 * JOULE));

        var used = used(before, wrapping(10 * JOULE), 1_000);

        assertThat(used.getMicrojoules()).isEqualTo(20 * JOULE);
        var after = new MeterReading(wrapping(10 * JOULE), 1, NOON + 1_000);
        assertThat(check(after, wrapping(5 * JOULE), 2_000))
                .as("a second wrap in one second would be 995 W")
                .isInstanceOf(EnergyFinding.Implausible.class);
    }

    @Test
    void counterAboveItsWrapIsRefused() {
        assertThat(refused(null, wrapping(1_001 * JOULE), 0)).startsWith("counterMicrojoules is not 0–1000000000");
    }

    @Test
    void onlyRaplMayWrap() {
        assertThat(refused(
                        null,
                        reading(9)
                                .setSource(EnergySource.PDU)
                                .setCounterWrapMicrojoules(10)
                                .build(),
                        0))
                .endsWith("only RAPL wraps, not PDU");
    }

    @Test
    void tasksNeverUseMoreThanTheNode() {
        assertThat(refused(
                        AT_NOON,
                        reading(1_100 * JOULE).setTasksMicrojoules(301 * JOULE).build(),
                        10_000))
                .isEqualTo("tasksMicrojoules grew by 101000000, more than the whole node's 100000000");
        assertThat(refused(null, reading(5).setTasksMicrojoules(6).build(), 0))
                .isEqualTo("tasksMicrojoules is not 0–5: 6");
    }

    @Test
    void tasksThatWentBackAreRefused() {
        assertThat(refused(
                        AT_NOON,
                        reading(1_100 * JOULE).setTasksMicrojoules(199 * JOULE).build(),
                        10_000))
                .startsWith("tasksMicrojoules went back");
    }

    @Test
    void clockOfASeriesHasToGrow() {
        var next = reading(1_001 * JOULE).setTasksMicrojoules(200 * JOULE).build();

        assertThat(refused(AT_NOON, next, 0)).startsWith("observedAtEpochMillis is not after");
        assertThat(refused(AT_NOON, next, -1)).startsWith("observedAtEpochMillis is not after");
    }

    @Test
    void anotherStartSourceOrWrapIsAnotherSeries() {
        var lower = reading(5 * JOULE).build();
        var epochBefore = new MeterReading(AT_NOON.reading(), 0, NOON);

        assertThat(check(epochBefore, lower, 1_000)).isInstanceOf(EnergyFinding.First.class);
        assertThat(check(
                        AT_NOON,
                        reading(5 * JOULE).setSource(EnergySource.MODEL).build(),
                        1_000))
                .isInstanceOf(EnergyFinding.First.class);
        assertThat(check(AT_NOON, wrapping(5 * JOULE), 1_000)).isInstanceOf(EnergyFinding.First.class);
    }

    @Test
    void whatIsBelievedNeverExceedsTheLimit() {
        record Case(EnergyReading before, EnergyReading after, long elapsed) {}
        forAll(
                5_000,
                random -> {
                    var wrap = random.nextBoolean() ? 0 : 1_000 * JOULE;
                    var before = reading(random.nextLong(1_000 * JOULE))
                            .setCounterWrapMicrojoules(wrap)
                            .build();
                    var after = reading(random.nextLong(1_000 * JOULE))
                            .setCounterWrapMicrojoules(wrap)
                            .setTasksMicrojoules(random.nextLong(10 * JOULE))
                            .build();
                    return new Case(before, after, random.nextLong(-1_000, 20_000));
                },
                c -> {
                    if (!(check(meter(c.before()), c.after(), c.elapsed()) instanceof EnergyFinding.Used finding))
                        return;
                    var used = finding.energy();
                    assertThat(used.getMicrojoules()).isBetween(0L, 120_000 * c.elapsed());
                    assertThat(used.getTasksMicrojoules()).isBetween(0L, used.getMicrojoules());
                    assertThat(used.getAverageMilliwatts()).isBetween(0, 120_000);
                });
    }

    @Test
    void largestNodeDoesNotOverflow() {
        var node = registration().setTdpMilliwatts(100_000_000).build();
        var last = meter(reading(0).build());
        var next = reading(1_000_000_000_000_000_000L).build();

        var finding = EnergyCheck.check(
                last,
                sample(2).setObservedAtEpochMillis(NOON + 10_000_000_000L).build(),
                next,
                node,
                CarbonIntensity.DEFAULT);

        assertThat(finding)
                .isInstanceOfSatisfying(
                        EnergyFinding.Used.class,
                        used -> assertThat(used.energy().getMicrogramsCo2e()).isEqualTo(95_555_555_555_556L));
    }

    private static EnergyReading wrapping(long counter) {
        return reading(counter).setCounterWrapMicrojoules(1_000 * JOULE).build();
    }

    private static MeterReading meter(EnergyReading reading) {
        return new MeterReading(reading, 1, NOON);
    }

    private static EnergyFinding check(@Nullable MeterReading last, EnergyReading reading, long millisLater) {
        var sample = sample(2).setObservedAtEpochMillis(NOON + millisLater).build();
        return EnergyCheck.check(last, sample, reading, registration().build(), CarbonIntensity.DEFAULT);
    }

    private static NodeEnergy used(MeterReading last, EnergyReading reading, long millisLater) {
        return ((EnergyFinding.Used) check(last, reading, millisLater)).energy();
    }

    private static String refused(@Nullable MeterReading last, EnergyReading reading, long millisLater) {
        return ((EnergyFinding.Implausible) check(last, reading, millisLater)).reason();
    }
}
