package org.ambientvcp.telemetry;

import java.util.List;
import org.ambientvcp.events.EnergyReading;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.NodeRole;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.TelemetrySample;
import org.ambientvcp.schemas.signing.Identity;

/// A node as the tests need it: what it says, all of it fine.
public final class Nodes {
    public static final long NOON = 1_800_000_000_000L;
    public static final Identity ALICE = identity(1);
    public static final Identity BOB = identity(2);

    private Nodes() {}

    public static Identity identity(int seed) {
        var secret = new byte[32];
        secret[0] = (byte) seed;
        return Identity.ofSecretKey(secret);
    }

    /// Cell 2, an interval of one second, a TDP of 100 W.
    public static NodeRegistration.Builder registration() {
        return NodeRegistration.newBuilder()
                .setNodeId(ALICE.id())
                .setName("alice")
                .setOwnerId("owner-1")
                .setRole(NodeRole.EXECUTOR)
                .setRegion("de-west")
                .setNodeType(NodeType.SERVER)
                .setCapabilities(List.of("gpu", "simd"))
                .setSlots(4)
                .setMemoryBytes(8L << 30)
                .setTdpMilliwatts(100_000)
                .setCell(2)
                .setTelemetryIntervalMillis(1_000)
                .setSoftwareVersion("0.1.0")
                .setEpoch(1)
                .setSequence(1);
    }

    /// 500 Mbit/s, 20 ms, half of everything free, 60 °C; taken at noon.
    public static TelemetrySample.Builder sample(long sequence) {
        return TelemetrySample.newBuilder()
                .setNodeId(ALICE.id())
                .setEpoch(1)
                .setSequence(sequence)
                .setObservedAtEpochMillis(NOON)
                .setBandwidthKbps(500_000)
                .setLatencyMicros(20_000)
                .setCpuFreePpm(500_000)
                .setMemoryFreePpm(500_000)
                .setTemperatureMilliCelsius(60_000)
                .setConsecutiveErrors(0)
                .setBusySlots(1);
    }

    /// 50 W.
    public static EnergyReading.Builder reading(long counterMicrojoules) {
        return EnergyReading.newBuilder()
                .setSource(EnergySource.RAPL)
                .setCounterMicrojoules(counterMicrojoules)
                .setTasksMicrojoules(0)
                .setPowerMilliwatts(50_000)
                .setUncertaintyPpm(50_000);
    }

    public static Reputation reputation(long accepted, long failed, long disputes) {
        return new Reputation(ALICE.id(), accepted, failed, disputes, 0L);
    }
}
