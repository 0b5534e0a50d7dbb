package org.ambientvcp.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.ambientvcp.events.EnergyReading;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.NodeRole;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TelemetrySample;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.signing.Identity;

/// One simulated node: what it says of itself, signed. Nodes differ in region, bandwidth, latency and load, so that
/// their health does.
final class LoadNode {
    private static final int REGIONS = 4;
    private static final int OWNERS = 1_000;
    private static final int WATTS = 20;
    private static final int TDP_MILLIWATTS = 65_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Identity identity;
    private final int number;
    private final LoadPlan plan;
    private final long epoch;
    private final long startNanos = System.nanoTime();
    private final AtomicInteger busy = new AtomicInteger();
    private long sequence;

    /// @param epoch grows with every run
    LoadNode(int number, LoadPlan plan, long epoch) {
        this.number = number;
        this.plan = plan;
        this.epoch = epoch;
        identity = Identity.ofSecretKey(Sha256.digest(("load-test node " + number).getBytes(StandardCharsets.UTF_8)));
    }

    String id() {
        return identity.id();
    }

    Identity identity() {
        return identity;
    }

    /// Begins a task; tasks it runs now, this one included.
    int begin() {
        return busy.incrementAndGet();
    }

    void end() {
        busy.decrementAndGet();
    }

    Signed registration() {
        return identity.sign(
                Domain.REGISTRATION,
                NodeRegistration.newBuilder()
                        .setNodeId(id())
                        .setName("load-" + number)
                        .setOwnerId("owner-" + number % OWNERS)
                        .setRole(NodeRole.EXECUTOR)
                        .setRegion("region-" + number / plan.cells() % REGIONS)
                        .setNodeType(NodeType.SERVER)
                        .setCapabilities(List.of())
                        .setSlots(plan.slots())
                        .setMemoryBytes(1L << 33)
                        .setTdpMilliwatts(TDP_MILLIWATTS)
                        .setCell(number % plan.cells())
                        .setTelemetryIntervalMillis(plan.telemetryMillis())
                        .setSoftwareVersion("load-test")
                        .setEpoch(epoch)
                        .setSequence(1)
                        .build());
    }

    /// One thread at a time.
    Signed sample() {
        // W · µs = µJ
        var microjoules = (System.nanoTime() - startNanos) / NANOS_PER_MICRO * WATTS;
        return identity.sign(
                Domain.TELEMETRY,
                TelemetrySample.newBuilder()
                        .setNodeId(id())
                        .setEpoch(epoch)
                        .setSequence(++sequence)
                        .setObservedAtEpochMillis(System.currentTimeMillis())
                        .setBandwidthKbps(100_000 + number * 7_919 % 900_000)
                        .setLatencyMicros(2_000 + number * 104_729 % 40_000)
                        .setCpuFreePpm(300_000 + number * 15_485 % 700_000)
                        .setMemoryFreePpm(500_000)
                        .setTemperatureMilliCelsius(50_000)
                        .setBusySlots(Math.max(0, busy.get()))
                        .setEnergy(EnergyReading.newBuilder()
                                .setSource(EnergySource.MODEL)
                                .setCounterMicrojoules(microjoules)
                                .setTasksMicrojoules(0)
                                .setPowerMilliwatts(sequence == 1 ? 0 : WATTS * 1_000)
                                .setUncertaintyPpm(300_000)
                                .build())
                        .build());
    }
}
