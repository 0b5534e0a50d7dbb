package org.ambientvcp.simulation.world;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.ResultCommitment;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.SingleObject;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.simulation.Situation;
import org.jspecify.annotations.Nullable;

/// What a process of a node says about its leases, true or not.
final class Evidence {
    private static final byte[] NO_SALT = {};
    private static final int MOST_KEPT = 8;

    private final NodeProcess process;
    private final SimulatedNode node;
    private final World world;
    private final List<Signed> old = new ArrayList<>();

    Evidence(NodeProcess process) {
        this.process = process;
        node = process.node;
        world = node.world;
    }

    /// How long a run takes.
    long duration(Work work) {
        var wall = task(work).getLimits().getWallMillis();
        if (node.misbehaves() && node.behaviour == Behaviour.LATE && process.chance.oneIn(2))
            return work.expiresAt - world.time.now() + process.chance.between(1, 4_000);
        if (node.misbehaves() && node.behaviour == Behaviour.LAZY) return 1;
        return 1 + wall * process.chance.between(2, world.calm ? 50 : 104) / 100;
    }

    /// A run is over.
    void ran(Work work) {
        var task = task(work);
        switch (node.misbehaves() ? node.behaviour : Behaviour.HONEST) {
            case HONEST -> publish(work, honest(work));
            case LATE -> {
                if (world.time.now() > work.expiresAt) world.coverage.count(Situation.RESULT_LATE);
                publish(work, honest(work));
            }
            case REPLAYER -> {
                publish(work, honest(work));
                replay();
            }
            case FORGER -> {
                forge(work);
                publish(work, honest(work));
            }
            case FAILING -> publish(work, process.chance.percent(60) ? TaskRun.nodeFailed("no memory") : honest(work));
            case SILENT -> {
                if (process.chance.percent(40)) publish(work, honest(work));
            }
            case LIAR -> publish(work, lie(task, node.name));
            case COLLUDER -> {
                world.coverage.count(Situation.RESULT_COLLUDED);
                publish(work, lie(task, "common"));
            }
            case LAZY -> publish(work, lie(task, "0"));
            case COPYCAT -> copy(work);
            case EQUIVOCATOR -> equivocate(work);
        }
    }

    private TaskRun honest(Work work) {
        if (!world.calm && process.chance.oneIn(40)) return TaskRun.nodeFailed("time ran out");
        return Runs.truth(task(work));
    }

    private TaskRun lie(Task task, String flavour) {
        if (process.chance.percent(30)) return Runs.truth(task); // a cheat that always lies is too easy
        world.coverage.count(Situation.RESULT_WRONG);
        return Runs.lie(task, flavour);
    }

    private void publish(Work work, TaskRun run) {
        if (run.outcome() == Outcome.NODE_FAILED) {
            node.errors++;
            world.coverage.count(Situation.NODE_FAILED_RUNS);
        } else node.errors = 0;
        var commits = work.assignment.getCommitFirst() && run.outcome() != Outcome.NODE_FAILED;
        var result = result(work.assignment, run, commits ? salt(work.assignment) : NO_SALT);
        work.result = node.identity.sign(Domain.RESULT, result);
        if (!commits || work.revealed) show(work);
        else {
            work.state = Work.State.COMMITTED;
            commit(work.assignment, commitment(result));
        }
    }

    /// Sends the result; when it has arrived the lease is finished.
    void show(Work work) {
        if (work.result == null) return;
        var signed = work.result;
        old.add(signed);
        if (old.size() > MOST_KEPT) old.removeFirst();
        process.publish(Topics.RESULTS, work.assignment.getTaskId(), signed, () -> process.end(work));
    }

    private void commit(Assignment lease, String commitment) {
        var promise = new ResultCommitment(
                lease.getCell(), lease.getTaskId(), node.id(), lease.getAttempt(), lease.getLeaseEpoch(), commitment);
        process.publish(
                Topics.COMMITMENTS, lease.getTaskId(), node.identity.sign(Domain.COMMITMENT, promise), () -> {});
    }

    private void replay() {
        if (old.isEmpty() || !process.chance.oneIn(2)) return;
        world.coverage.count(Situation.RESULT_REPLAYED);
        var signed = process.chance.any(old);
        var taskId = SingleObject.decode(TaskResult.class, Bytes.of(signed.getPayload()))
                .getTaskId();
        process.publish(Topics.RESULTS, taskId, signed, () -> {});
    }

    /// Evidence in the name of somebody else, and a verdict nobody asked for.
    private void forge(Work work) {
        var victim = process.chance.any(world.nodes);
        if (victim.id().equals(node.id())) return;
        var result = result(work.assignment, Runs.lie(task(work), "forged"), NO_SALT);
        var taskId = work.assignment.getTaskId();
        world.coverage.count(Situation.RESULT_FORGED);
        var own = node.identity.sign(Domain.RESULT, result);
        var forged = switch (process.chance.below(3)) {
            case 0 -> node.identity.sign(Domain.RESULT, withNode(result, victim.id()));
            case 1 ->
                new Signed(
                        victim.id(),
                        ByteBuffer.wrap(victim.identity.publicKey()),
                        Domain.RESULT.name(),
                        ByteBuffer.wrap(SingleObject.encode(withNode(result, victim.id()))),
                        own.getSignature());
            default ->
                new Signed(node.id(), own.getPublicKey(), Domain.TRACE.name(), own.getPayload(), own.getSignature());
        };
        process.publish(Topics.RESULTS, taskId, forged, () -> {});
        if (!process.chance.oneIn(3)) return;
        world.coverage.count(Situation.VERDICT_FORGED);
        process.publish(
                Topics.VERDICTS,
                taskId,
                node.identity.sign(Domain.VERDICT, SimulatedVerifier.praise(work.assignment, node.id(), result)),
                () -> {});
    }

    /// Waits for what others promise and promises the same.
    private void copy(Work work) {
        if (!work.assignment.getCommitFirst()) {
            publish(work, lie(task(work), "copycat"));
            return;
        }
        publish(work, Runs.truth(task(work)));
        var seen = latest(Topics.COMMITMENTS, Domain.COMMITMENT.payload(), work.assignment.getTaskId());
        if (seen == null || seen.getNodeId().equals(node.id())) return;
        world.coverage.count(Situation.COMMITMENT_COPIED);
        commit(work.assignment, seen.getCommitment());
    }

    private <T extends org.apache.avro.specific.SpecificRecord> @Nullable T latest(
            Topic<Signed> topic, Class<T> type, String taskId) {
        var partition = world.broker.partition(topic, taskId);
        T found = null;
        for (var entry = partition.next(Math.max(0, partition.end() - 50));
                entry != null;
                entry = partition.next(entry.offset() + 1))
            if (taskId.equals(entry.key()) && entry.value() instanceof Signed signed && isOf(signed, topic))
                found = SingleObject.decode(type, Bytes.of(signed.getPayload()));
        return found;
    }

    private static boolean isOf(Signed signed, Topic<Signed> topic) {
        var domain = topic.payload();
        return domain != null && signed.getDomain().equals(domain.name());
    }

    private void equivocate(Work work) {
        world.coverage.count(Situation.RESULT_EQUIVOCATED);
        var lease = work.assignment;
        var salt = lease.getCommitFirst() ? salt(lease) : NO_SALT;
        var lie = node.identity.sign(Domain.RESULT, result(lease, Runs.lie(task(work), "second"), salt));
        if (process.chance.oneIn(2)) process.publish(Topics.RESULTS, lease.getTaskId(), lie, () -> {});
        publish(work, Runs.truth(task(work)));
        process.publish(Topics.RESULTS, lease.getTaskId(), lie, () -> {});
    }

    private TaskResult result(Assignment lease, TaskRun run, byte[] salt) {
        return run.result(lease, lease.getTask().getModuleSha256(), Runs.COST, salt);
    }

    private static TaskResult withNode(TaskResult result, String nodeId) {
        return TaskResult.newBuilder(result).setNodeId(nodeId).build();
    }

    private static String commitment(TaskResult result) {
        return ResultDigest.commitment(Bytes.of(result.getSalt()), result.getNodeId(), ResultDigest.of(result));
    }

    /// The same after every restart.
    private byte[] salt(Assignment lease) {
        return Sha256.digest((node.id() + "/" + Work.key(lease)).getBytes(StandardCharsets.UTF_8));
    }

    private static Task task(Work work) {
        return work.assignment.getTask();
    }
}
