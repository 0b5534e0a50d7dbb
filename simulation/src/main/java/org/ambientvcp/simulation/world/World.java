package org.ambientvcp.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ambientvcp.events.Task;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.simulation.Chance;
import org.ambientvcp.simulation.Coverage;
import org.ambientvcp.simulation.Timeline;
import org.ambientvcp.simulation.broker.Broker;
import org.ambientvcp.simulation.checks.Oracle;
import org.ambientvcp.simulation.checks.Rules;
import org.jspecify.annotations.Nullable;

/// A cluster with all that surrounds it, out of one seed. One thread.
public final class World implements Oracle {
    private static final long START = 1_800_000_000_000L;
    /// Longer than any back-off, cool-down, lease and verification of a simulated world, several times.
    private static final long CALM_MILLIS = 300_000;

    private static final long LOOK_MILLIS = 500;
    /// Longer than a breaker's cool-down and any back-off, lease or verification.
    private static final long STILL_MILLIS = 45_000;

    final Timeline time = new Timeline(START);
    final Chance chance;
    final Profile profile;
    final Rules rules;
    final Broker broker;
    final Coverage coverage = new Coverage();
    final List<SimulatedNode> nodes = new ArrayList<>();
    final List<SimulatedVerifier> verifiers = new ArrayList<>();
    final List<Tenant> tenants = new ArrayList<>();
    final List<StreamTask> tasks = new ArrayList<>();
    final StatusBoard statuses;
    boolean calm;
    private final ShareGroup group;
    private final TreeSet<String> truthful = new TreeSet<>();
    private final @Nullable Consumer<String> tracer;

    /// @param tracer hears what happens; null = nobody wants to know
    public World(long seed, Rules rules, @Nullable Consumer<String> tracer) {
        this.rules = rules;
        this.tracer = tracer;
        chance = new Chance(seed);
        profile = Profile.of(chance.split());
        broker = new Broker(profile.cells(), profile.partitions());
        statuses = new StatusBoard(this);
        group = new ShareGroup(this);
        populate();
        serve();
    }

    private void populate() {
        for (int number = 0; number < profile.nodes(); number++) {
            var cheats = chance.percent(profile.cheatPercent());
            var behaviour = cheats ? chance.any(List.of(Behaviour.values())) : Behaviour.HONEST;
            var node = new SimulatedNode(this, number, behaviour);
            nodes.add(node);
            if (behaviour.truthful) truthful.add(node.id());
        }
        for (int number = 0; number < profile.verifiers(); number++) verifiers.add(new SimulatedVerifier(this, group));
        for (int number = 0; number < profile.tenants(); number++) tenants.add(new Tenant(this, "t" + number));
    }

    private void serve() {
        var trusted = new TreeSet<String>();
        for (var verifier : verifiers) trusted.add(verifier.identity.id());
        for (Topic<?> topic : List.of(Topics.TASKS, Topics.COMMITMENTS, Topics.RESULTS, Topics.VERDICTS))
            for (int number = 0; number < profile.partitions(); number++)
                tasks.add(new IntakeTask(this, topic, number, trusted));
        for (int number = 0; number < profile.partitions(); number++) {
            tasks.add(new LedgerTask(this, number));
            tasks.add(new TelemetryTask(this, number));
        }
        for (int cell = 0; cell < profile.cells(); cell++)
            tasks.add(new CellRunner(this, cell, Operator.config(chance, profile)));
    }

    /// Lives through bad weather, then through calm until nothing moves any more.
    public void live() {
        trace(profile::toString);
        tasks.forEach(StreamTask::start);
        new Operator(this).start();
        for (var node : nodes) time.in(chance.below(3_000), node::start);
        verifiers.forEach(SimulatedVerifier::start);
        for (var tenant : tenants) tenant.start(profile.tasks() / tenants.size() + 1, profile.stormMillis());
        new Weather(this).start();
        var calmAt = START + profile.stormMillis();
        while (time.step(calmAt)) {}
        calmDown();
        for (var until = calmAt + LOOK_MILLIS; until < calmAt + CALM_MILLIS; until += LOOK_MILLIS) {
            while (time.step(until)) {}
            if (isStill()) return;
        }
    }

    private void calmDown() {
        calm = true;
        trace(() -> "the weather calms down");
        for (var node : nodes) {
            node.heal();
            node.unreachableUntil = 0;
            node.mutedUntil = 0;
            if (node.process == null || node.process.dead) node.start();
        }
        for (var partition : broker.all()) broker.lead(partition, 0);
    }

    /// Whether nothing is left to do but wait for nodes that never come.
    private boolean isStill() {
        return (statuses.live() == 0 || time.now() - statuses.changedAt() > STILL_MILLIS)
                && group.isIdle()
                && tasks.stream().allMatch(StreamTask::isIdle);
    }

    void trace(Supplier<String> what) {
        if (tracer != null) tracer.accept("+" + (time.now() - START) + " ms " + what.get());
    }

    public Broker history() {
        return broker;
    }

    public Coverage coverage() {
        return coverage;
    }

    public Profile profile() {
        return profile;
    }

    /// Milliseconds that passed in the world.
    public long age() {
        return time.now() - START;
    }

    @Override
    public @Nullable String trueDigest(Task task) {
        return Runs.trueDigest(task);
    }

    @Override
    public boolean isTruthful(String nodeId) {
        return truthful.contains(nodeId);
    }
}
