package org.ambientvcp.simulation.world;

import java.util.List;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.NodeFinding;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.simulation.Chance;
import org.ambientvcp.simulation.Situation;
import org.ambientvcp.simulation.world.ShareGroup.Delivery;
import org.ambientvcp.verifier.rules.Judgement;
import org.ambientvcp.verifier.rules.Outputs;

/// A trusted verifier: judges by the rules, re-executes as an honest machine does, and may die or be slow.
final class SimulatedVerifier {
    private static final int POLL_MILLIS = 20;
    private static final int MOST_DELIVERIES = 5;

    final Identity identity;
    private final World world;
    private final Chance chance;
    private final ShareGroup group;
    private long downUntil;
    private long life;

    SimulatedVerifier(World world, ShareGroup group) {
        this.world = world;
        this.group = group;
        chance = world.chance.split();
        identity = Identity.ofSecretKey(chance.bytes(32));
    }

    void start() {
        world.time.in(POLL_MILLIS, this::poll);
    }

    void crash(long downMillis) {
        world.coverage.count(Situation.VERIFIER_CRASH);
        world.trace(() -> "a verifier is killed for " + downMillis + " ms");
        downUntil = Math.max(downUntil, world.time.now() + downMillis);
        life++;
    }

    private void poll() {
        if (world.time.now() < downUntil) {
            world.time.in(downUntil - world.time.now(), this::poll);
            return;
        }
        var delivery = group.acquire();
        if (delivery == null) {
            world.time.in(POLL_MILLIS, this::poll);
            return;
        }
        var slow = !world.calm && chance.oneIn(world.profile.slowVerdictOneIn());
        if (slow) world.coverage.count(Situation.VERIFIER_SLOW);
        var started = life;
        // a slow one has lost its lock when it answers
        world.time.in(slow ? ShareGroup.LOCK_MILLIS + chance.below(6_000) : 1 + chance.below(60), () -> {
            if (life == started) judge(delivery);
            poll();
        });
    }

    private void judge(Delivery delivery) {
        var judgement = world.rules.verify(delivery.job, _ -> new Outputs.Found.Missing(), task -> {
            if (!world.calm && chance.oneIn(25)) return TaskRun.nodeFailed("interrupted");
            return Runs.truth(task);
        });
        switch (judgement) {
            case Judgement.Decided decided -> answer(delivery, decided);
            case Judgement.Unusable _ -> delivery.done = true;
            case Judgement.Deferred(String reason) -> {
                world.coverage.count(Situation.VERIFIER_DEFERRED);
                if (delivery.deliveries < MOST_DELIVERIES) delivery.lockedUntil = world.time.now() + 100;
                else answer(delivery, new Judgement.Decided(VerdictOutcome.INCONCLUSIVE, reason, List.of(), "", false));
            }
        }
    }

    private void answer(Delivery delivery, Judgement.Decided decided) {
        var job = delivery.job;
        var verdict = new Verdict(
                job.getCell(),
                job.getTaskId(),
                job.getAttempt(),
                identity.id(),
                job.getLevel(),
                decided.outcome(),
                decided.reason(),
                decided.findings(),
                decided.resultDigest(),
                decided.reexecuted(),
                world.time.now());
        var signed = identity.sign(Domain.VERDICT, verdict);
        var started = life;
        world.time.in(1 + chance.below(10), () -> {
            world.broker
                    .partition(Topics.VERDICTS, job.getTaskId())
                    .append(world.time.now(), job.getTaskId(), signed, null);
            // killed between verdict and acknowledgement: somebody else judges it again
            if (life == started && (world.calm || !chance.oneIn(30))) delivery.done = true;
        });
    }

    /// What somebody who is no verifier would like to be said.
    static Verdict praise(Assignment lease, String nodeId, TaskResult result) {
        return new Verdict(
                lease.getCell(),
                lease.getTaskId(),
                lease.getAttempt(),
                nodeId,
                VerificationLevel.SIGNED,
                VerdictOutcome.ACCEPTED,
                "all well",
                List.of(new NodeFinding(nodeId, lease.getLeaseEpoch(), FindingKind.ACCEPTED, "all well")),
                ResultDigest.of(result),
                false,
                1L);
    }
}
