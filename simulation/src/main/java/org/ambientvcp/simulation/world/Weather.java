package org.ambientvcp.simulation.world;

import org.ambientvcp.simulation.Chance;
import org.ambientvcp.simulation.Situation;

/// Faults, one after the other, until it calms down.
final class Weather {
    private final World world;
    private final Chance chance;

    Weather(World world) {
        this.world = world;
        chance = world.chance.split();
    }

    void start() {
        world.time.in(chance.between(1, 2L * world.profile.faultMillis()), () -> {
            if (world.calm) return;
            strike();
            start();
        });
    }

    private void strike() {
        switch (chance.below(16)) {
            case 14, 15 -> chance.any(world.tasks).crashSoon(1 + chance.below(4));
            case 0, 1, 2 -> chance.any(world.tasks).crash(chance.between(50, chance.oneIn(5) ? 15_000 : 3_000));
            case 3 -> chance.any(world.tasks).freeze(chance.between(500, 9_000), chance.between(300, 5_000));
            case 4 -> lead();
            case 5, 6 -> chance.any(world.nodes).crash(chance.between(100, 12_000));
            case 7 -> chance.any(world.nodes).startTwice();
            case 8 -> cutOff(chance.any(world.nodes));
            case 9 -> mute(chance.any(world.nodes));
            case 10 -> sicken(chance.any(world.nodes));
            case 11 -> hold();
            case 12 -> chance.any(world.verifiers).crash(chance.between(100, 8_000));
            default -> everything();
        }
    }

    private void lead() {
        var partition = chance.any(world.broker.all());
        var skew = chance.oneIn(5) ? chance.between(-3_000, 3_000) : chance.between(-60, 60);
        world.coverage.count(Situation.LEADER_CHANGED);
        world.trace(() -> partition + " has another leader, its clock is ahead by " + skew + " ms");
        world.broker.lead(partition, skew);
    }

    /// All verifiers are gone for a long while: jobs are repeated, or their deliveries used up.
    private void hold() {
        for (var verifier : world.verifiers) verifier.crash(chance.between(5_000, 30_000));
    }

    private void cutOff(SimulatedNode node) {
        world.coverage.count(Situation.NODE_PARTITIONED);
        world.trace(() -> node.name + " is cut off");
        node.unreachableUntil = world.time.now() + chance.between(200, 15_000);
    }

    private void mute(SimulatedNode node) {
        world.trace(() -> node.name + " sends no telemetry");
        node.mutedUntil = world.time.now() + chance.between(1_000, 25_000);
    }

    private void sicken(SimulatedNode node) {
        var millis = chance.between(1_000, 20_000);
        switch (chance.below(4)) {
            case 0, 1 -> {
                world.coverage.count(Situation.NODE_HOT);
                node.hot = true;
            }
            case 2 -> {
                world.coverage.count(Situation.NODE_SLOW);
                node.slow = true;
            }
            default -> {
                world.coverage.count(Situation.NODE_SILENT_SENSOR);
                node.blind = true;
            }
        }
        world.trace(() -> node.name + (node.hot ? " is hot" : node.slow ? " is slow" : " has lost its sensors"));
        world.time.in(millis, node::heal);
    }

    /// A power cut.
    private void everything() {
        world.trace(() -> "power cut");
        for (var task : world.tasks) if (chance.oneIn(2)) task.crash(chance.between(100, 6_000));
        for (var node : world.nodes) if (chance.oneIn(3)) node.crash(chance.between(100, 6_000));
        for (var verifier : world.verifiers) if (chance.oneIn(2)) verifier.crash(chance.between(100, 6_000));
    }
}
