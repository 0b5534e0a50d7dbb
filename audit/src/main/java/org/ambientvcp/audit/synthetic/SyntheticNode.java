package org.ambientvcp.audit.synthetic;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.EnergyReading;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.NodeRole;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.ResultCommitment;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.TelemetrySample;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.signing.Identity;

/// A node that is not there: real keys and signatures, made-up results. One thread.
final class SyntheticNode {
    private static final String NOTHING = Sha256.hex(new byte[0]);
    private static final List<String> REGIONS = List.of("eu", "us", "in");

    final Identity identity;
    final int cell;
    private final int number;
    private final boolean lies;
    private final SplittableRandom random;
    /// Results that are promised, by lease epoch.
    private final Map<Long, TaskResult> promised = new HashMap<>();
    private long sequence;
    private long sampledAt;
    private long microjoules;

    SyntheticNode(int number, int cells, boolean lies, SplittableRandom random) {
        this.number = number;
        this.lies = lies;
        this.random = random;
        cell = number % cells;
        var secret = new byte[32];
        random.nextBytes(secret);
        identity = Identity.ofSecretKey(secret);
    }

    String id() {
        return identity.id();
    }

    Signed registration() {
        return identity.sign(
                Domain.REGISTRATION,
                new NodeRegistration(
                        id(),
                        "node-" + number,
                        "owner-" + number,
                        NodeRole.EXECUTOR,
                        REGIONS.get(number % REGIONS.size()),
                        NodeType.SERVER,
                        List.of(),
                        4,
                        8L << 30,
                        200_000,
                        cell,
                        10_000,
                        "1",
                        1L,
                        1L));
    }

    Signed sample(long now) {
        var watts = random.nextInt(60, 180);
        if (sampledAt > 0) microjoules += (now - sampledAt) * watts * 1_000;
        sampledAt = now;
        return identity.sign(
                Domain.TELEMETRY,
                TelemetrySample.newBuilder()
                        .setNodeId(id())
                        .setEpoch(1)
                        .setSequence(++sequence)
                        .setObservedAtEpochMillis(now)
                        .setBandwidthKbps(random.nextInt(100_000, 1_000_000))
                        .setLatencyMicros(random.nextInt(1_000, 40_000))
                        .setCpuFreePpm(random.nextInt(1_000_000))
                        .setMemoryFreePpm(500_000)
                        .setTemperatureMilliCelsius(random.nextInt(100) == 0 ? 90_000 : 60_000)
                        .setConsecutiveErrors(0)
                        .setBusySlots(0)
                        .setEnergy(EnergyReading.newBuilder()
                                .setSource(EnergySource.MODEL)
                                .setCounterMicrojoules(microjoules)
                                .setTasksMicrojoules(microjoules / 2)
                                .setPowerMilliwatts(watts * 1_000)
                                .setUncertaintyPpm(100_000)
                                .build())
                        .build());
    }

    /// How long a run takes, milliseconds.
    long runMillis() {
        return random.nextInt(5, 60);
    }

    /// The result of a run; the promise of it, if the lease asks for one first.
    Signed run(Assignment lease, long now) {
        var result = result(lease, now);
        if (!lease.getCommitFirst()) return identity.sign(Domain.RESULT, result);
        promised.put(lease.getLeaseEpoch(), result);
        var salt = new byte[32];
        result.getSalt().duplicate().get(salt);
        return identity.sign(
                Domain.COMMITMENT,
                new ResultCommitment(
                        lease.getCell(),
                        lease.getTaskId(),
                        id(),
                        lease.getAttempt(),
                        lease.getLeaseEpoch(),
                        ResultDigest.commitment(salt, id(), ResultDigest.of(result))));
    }

    /// The result behind a promise.
    Signed reveal(Assignment lease) {
        var result = promised.remove(lease.getLeaseEpoch());
        if (result == null) throw new IllegalStateException("nothing was promised for " + lease.getLeaseEpoch());
        return identity.sign(Domain.RESULT, result);
    }

    private TaskResult result(Assignment lease, long now) {
        var task = lease.getTask();
        if (task == null) throw new IllegalArgumentException("a lease without its task: " + lease.getTaskId());
        var salt = new byte[lease.getCommitFirst() ? 32 : 0];
        random.nextBytes(salt);
        var gas = 1_000_000L + Math.floorMod(task.getTaskId().hashCode(), 1_000_000);
        return new TaskResult(
                lease.getCell(),
                lease.getTaskId(),
                id(),
                lease.getAttempt(),
                lease.getLeaseEpoch(),
                task.getModuleSha256(),
                Outcome.COMPLETED,
                lies && random.nextInt(4) == 0 ? 1 : 0,
                null,
                List.of(),
                null,
                NOTHING,
                0L,
                gas,
                1,
                NOTHING,
                gas / 200 + random.nextInt(1000),
                gas / 200,
                gas / 40,
                EnergySource.MODEL,
                ByteBuffer.allocate(0),
                ByteBuffer.wrap(salt),
                now);
    }
}
