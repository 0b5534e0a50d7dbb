package org.ambientvcp.benchmarks.cell;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.NodeFinding;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskCancel;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.Tick;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerdictReceived;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.scheduler.cell.Cell;
import org.ambientvcp.scheduler.cell.CellSettings;
import org.ambientvcp.scheduler.cell.CellSnapshot;
import org.ambientvcp.scheduler.cell.Effects;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.SingleObject;
import org.apache.avro.specific.SpecificRecord;

/// A cell with nodes, and the commands of a task's life in it. Random by a seed; log time passes a millisecond with
/// every command.
final class CellLoad {
    private static final String HASH = "ab".repeat(32);

    static final int COMMANDS_OF_FOUR_TASKS = 15;

    /// An hour: no lease ends by itself while 3,600,000 commands are applied.
    private static final int LEASE_MILLIS = 3_600_000;

    static {
        AvroCodec.schema(CellConfig.class); // makes Avro trust our records: its builders need that before they copy
    }

    final Random random;
    final List<NodeUpdate> nodes = new ArrayList<>();
    private final Strategy strategy;
    private final Cell cell = Cell.restore(0, CellSnapshot.EMPTY);
    private long offset;
    private long now = 1_800_000_000_000L;
    private long tasks;

    /// @param slots of every node
    CellLoad(int nodes, int slots, Strategy strategy, long seed) {
        this.strategy = strategy;
        random = new Random(seed);
        apply(CellConfig.newBuilder(CellSettings.DEFAULT)
                .setMaxRemembered(1_000)
                .setMaxQueuedTasks(10_000_000)
                .build());
        for (int node = 0; node < nodes; node++) this.nodes.add(node(slots));
        this.nodes.forEach(this::apply);
    }

    private NodeUpdate node(int slots) {
        var id = new byte[16];
        random.nextBytes(id);
        var name = "n" + HexFormat.of().formatHex(id);
        return NodeUpdate.newBuilder()
                .setNodeId(name)
                .setName(name.substring(0, 8))
                .setOwnerId("owner-" + random.nextInt(1_000))
                .setRegion("eu-north")
                .setNodeType(NodeType.SERVER)
                .setCapabilities(List.of("simd"))
                .setSlots(slots)
                .setScorePpm(200_000 + random.nextInt(800_001))
                .setLatencyMicros((int) (Math.exp(random.nextGaussian()) * 20_000) + random.nextInt(1_000))
                .setBreaker(Breaker.CLOSED)
                .setLeaseMillis(Integer.MAX_VALUE)
                .build();
    }

    Effects apply(SpecificRecord body) {
        return cell.apply(offset++, now++, new CellCommand(body));
    }

    /// A node says that its score has changed.
    NodeUpdate news() {
        int index = random.nextInt(nodes.size());
        var update = NodeUpdate.newBuilder(nodes.get(index))
                .setScorePpm(200_000 + random.nextInt(800_001))
                .build();
        nodes.set(index, update);
        return update;
    }

    int queuedTasks() {
        return cell.queuedTasks();
    }

    TaskOffer offer() {
        return offer(strategy);
    }

    TaskOffer offer(Strategy strategy) {
        return offer(strategy, VerificationLevel.SPOT_CHECK, 1);
    }

    /// A task for nodes of so many distinct owners.
    TaskOffer quorum(int replicas) {
        return offer(strategy, VerificationLevel.QUORUM, replicas);
    }

    private TaskOffer offer(Strategy strategy, VerificationLevel level, int replicas) {
        var task = Task.newBuilder()
                .setTaskId(String.format(Locale.ROOT, "task-%09d", tasks++))
                .setTenant("tenant-" + tasks % 5)
                .setModuleSha256(HASH)
                .setEntry(new FunctionEntry("run", List.of()))
                .setLimits(Limits.newBuilder().setWallMillis(LEASE_MILLIS).build())
                .setRequirements(Requirements.newBuilder().build())
                .setStrategy(strategy)
                .setVerification(new Verification(level, replicas, replicas / 2 + 1, 100_000))
                .setRewardMicros(1_000)
                .setSubmittedAtEpochMillis(now)
                .setSubmittedBy("bench")
                .build();
        return new TaskOffer(task, List.of(), 0L);
    }

    /// The lives of four tasks that go well, one after the other, with two updates of nodes and a tick:
    /// [#COMMANDS_OF_FOUR_TASKS] commands.
    Effects fourTasks() {
        for (int task = 0; task < 4; task++) {
            if (task % 2 == 0) apply(news());
            var lease = lease(apply(offer()));
            var job = apply(returned(lease)).verifications().getFirst();
            apply(accepted(job.value()));
        }
        return apply(new Tick(0L));
    }

    static TaskCancel cancel(TaskOffer offer) {
        return new TaskCancel(offer.getTask().getTaskId(), offer.getTask().getTenant(), "bench", "over");
    }

    /// The lease in what a command caused.
    ///
    /// @throws IllegalStateException if there is none
    static Assignment lease(Effects effects) {
        for (var output : effects.assignments())
            if (output.value().getKind() == AssignmentKind.EXECUTE) return output.value();
        throw new IllegalStateException("no lease was granted");
    }

    static ResultReceived returned(Assignment lease) {
        var none = ByteBuffer.allocate(0);
        var result = new TaskResult(
                lease.getCell(),
                lease.getTaskId(),
                lease.getNodeId(),
                lease.getAttempt(),
                lease.getLeaseEpoch(),
                HASH,
                Outcome.COMPLETED,
                0,
                null,
                List.of(),
                null,
                HASH,
                0L,
                1_000L,
                1,
                HASH,
                5L,
                4L,
                3L,
                EnergySource.MODEL,
                none,
                none,
                1L);
        return new ResultReceived(
                lease.getTaskId(),
                lease.getNodeId(),
                lease.getAttempt(),
                lease.getLeaseEpoch(),
                new Signed(
                        lease.getNodeId(),
                        ByteBuffer.allocate(32),
                        "vcp/result/v1",
                        ByteBuffer.wrap(SingleObject.encode(result)),
                        ByteBuffer.allocate(64)));
    }

    static VerdictReceived accepted(VerificationJob job) {
        var payload = job.getResults().getFirst().getPayload().duplicate();
        var bytes = new byte[payload.remaining()];
        payload.get(bytes);
        var result = SingleObject.decode(TaskResult.class, bytes);
        return new VerdictReceived(new Verdict(
                job.getCell(),
                job.getTaskId(),
                job.getAttempt(),
                "verifier-1",
                job.getLevel(),
                VerdictOutcome.ACCEPTED,
                "checked",
                List.of(new NodeFinding(
                        result.getNodeId(), result.getLeaseEpoch(), FindingKind.ACCEPTED, "the run is the same")),
                ResultDigest.of(result),
                job.getReexecute(),
                1L));
    }
}
