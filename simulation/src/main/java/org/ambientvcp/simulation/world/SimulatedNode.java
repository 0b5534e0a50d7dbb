package org.ambientvcp.simulation.world;

import java.util.List;
import java.util.TreeSet;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.NodeRole;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.simulation.Situation;
import org.jspecify.annotations.Nullable;

/// A node: what outlives its processes, and the state of the machine it is.
final class SimulatedNode {
    final World world;
    final Identity identity;
    final String name;
    final String ownerId;
    final String region;
    final NodeType type;
    final List<String> capabilities;
    final int slots;
    final int telemetryMillis;
    final Behaviour behaviour;
    /// By how much its clock is ahead.
    final long skewMillis;

    int cell;
    /// Position that was committed: the lowest offset that is not finished.
    long position;
    /// Finished offsets above it.
    final TreeSet<Long> finished = new TreeSet<>();

    boolean hot;
    boolean slow;
    boolean blind;
    int errors;
    long unreachableUntil;
    long mutedUntil;

    @Nullable
    NodeProcess process;

    /// Of the latest process.
    long epoch;

    SimulatedNode(World world, int number, Behaviour behaviour) {
        var chance = world.chance;
        this.world = world;
        this.behaviour = behaviour;
        identity = Identity.ofSecretKey(chance.bytes(32));
        name = behaviour.name().toLowerCase(java.util.Locale.ROOT) + "-" + number;
        ownerId = "owner-" + (chance.oneIn(4) ? chance.below(number + 1) : number);
        region = chance.oneIn(3) ? "us" : "eu";
        type = chance.oneIn(3) ? NodeType.EDGE : NodeType.SERVER;
        capabilities = chance.oneIn(2) ? List.of("gpu", "simd") : List.of();
        slots = 1 + chance.below(3);
        telemetryMillis = (int) chance.between(800, 3_000);
        skewMillis = chance.oneIn(4) ? chance.between(-4_000, 4_000) : chance.between(-300, 300);
        cell = number % world.profile.cells();
        epoch = world.time.now();
    }

    String id() {
        return identity.id();
    }

    /// Its own clock.
    long clock() {
        return world.time.now() + skewMillis;
    }

    void start() {
        if (process != null) process.dead = true;
        process = new NodeProcess(this, ++epoch);
        process.start();
    }

    void crash(long downMillis) {
        if (process == null || process.dead) return;
        process.dead = true;
        world.coverage.count(Situation.NODE_CRASH);
        world.trace(() -> name + " is killed for " + downMillis + " ms");
        world.time.in(downMillis, this::start);
    }

    /// A second process with the same key, as after a machine was taken for dead.
    void startTwice() {
        if (process == null || process.dead) return;
        world.coverage.count(Situation.NODE_TWICE);
        world.trace(() -> name + " runs twice");
        var old = process;
        process = null;
        start();
        world.time.in(5_000, () -> old.dead = true);
    }

    void heal() {
        hot = false;
        slow = false;
        blind = false;
        errors = 0;
    }

    boolean isReachable() {
        return world.time.now() >= unreachableUntil;
    }

    boolean misbehaves() {
        return !world.calm && behaviour != Behaviour.HONEST;
    }

    NodeRegistration registration(long epoch, long sequence) {
        return NodeRegistration.newBuilder()
                .setNodeId(id())
                .setName(name)
                .setOwnerId(ownerId)
                .setRole(NodeRole.EXECUTOR)
                .setRegion(region)
                .setNodeType(type)
                .setCapabilities(capabilities)
                .setSlots(slots)
                .setMemoryBytes(1L << 30)
                .setTdpMilliwatts(65_000)
                .setCell(cell)
                .setTelemetryIntervalMillis(telemetryMillis)
                .setSoftwareVersion("simulated")
                .setEpoch(epoch)
                .setSequence(sequence)
                .build();
    }

    void register(long epoch, long sequence) {
        world.broker
                .partition(Topics.NODES, id())
                .append(
                        world.time.now(),
                        id(),
                        identity.sign(Domain.REGISTRATION, registration(epoch, sequence)),
                        null);
    }
}
