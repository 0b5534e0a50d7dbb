package org.ambientvcp.telemetry;

import static org.ambientvcp.telemetry.ForAll.forAll;
import static org.ambientvcp.telemetry.Nodes.NOON;
import static org.ambientvcp.telemetry.Nodes.reading;
import static org.ambientvcp.telemetry.Nodes.registration;
import static org.ambientvcp.telemetry.Nodes.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ambientvcp.telemetry.energy.MeterReading;
import org.ambientvcp.telemetry.health.Health;
import org.ambientvcp.telemetry.health.HealthState;
import org.ambientvcp.telemetry.update.NodeUpdates;
import org.junit.jupiter.api.Test;

class NodeStateSerdeTest {
    private static final NodeStateSerde SERDE = new NodeStateSerde();

    @Test
    void stateComesBackAsItWas() {
        forAll(500, NodeStateSerdeTest::state, state -> {
            var read = SERDE.deserialize("states", SERDE.serialize("states", state));
            assertThat(read).isEqualTo(state);
        });
    }

    @Test
    void deletedEntryIsNull() {
        assertThat(SERDE.serialize("states", null)).isNull();
        assertThat(SERDE.deserialize("states", null)).isNull();
    }

    @Test
    void bytesThatAreCutOffOrTooManyAreRefused() {
        var bytes = SERDE.serialize("states", state(new java.util.Random(7)));

        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> SERDE.deserialize("states", cut)).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> SERDE.deserialize("states", Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("trailing");
    }

    @Test
    void anotherVersionIsNamed() {
        assertThatThrownBy(() -> SERDE.deserialize("states", new byte[] {9}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected a node state of version 1, got 9");
    }

    private static NodeState state(RandomGenerator random) {
        var registration = registration().build();
        HealthState health = null;
        for (int i = 0; i <= random.nextInt(3); i++) {
            var sample = sample(i)
                    .setBandwidthKbps(random.nextBoolean() ? null : (Integer) random.nextInt(1_000_000))
                    .setLatencyMicros(random.nextBoolean() ? null : (Integer) random.nextInt(200_000))
                    .setCpuFreePpm(random.nextBoolean() ? null : (Integer) random.nextInt(1_000_000))
                    .setTemperatureMilliCelsius(random.nextInt(70_000, 90_000))
                    .setConsecutiveErrors(random.nextInt(30))
                    .build();
            health = Health.afterSample(health, registration, null, sample, null, NOON + i * 40_000L);
        }
        if (health == null) throw new IllegalStateException("no sample");
        var meter = random.nextBoolean()
                ? null
                : new MeterReading(reading(random.nextLong(1_000_000)).build(), random.nextLong(9), NOON);
        var sent = random.nextBoolean()
                ? null
                : NodeUpdates.due(null, registration, health.published(), NOON, 10_000)
                        .sent();
        return new NodeState(health, meter, sent);
    }
}
