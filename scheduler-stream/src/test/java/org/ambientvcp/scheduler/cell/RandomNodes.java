package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.NodeUpdate;

/// Nodes that change at random, out of one seed, in few enough ways that ties and lone nodes are common.
final class RandomNodes {
    final Random random;
    final Population population = new Population();
    final TreeMap<String, LiveNode> nodes = new TreeMap<>();
    final List<Eligibility> indexes = new ArrayList<>();
    long now = 1_000;
    private final int size;

    RandomNodes(long seed) {
        random = new Random(seed);
        size = 1 + random.nextInt(random.nextBoolean() ? 5 : 40);
        for (int node = 0; node < size; node++) change();
    }

    /// A node comes, says something new, gets work, loses work or falls silent.
    void change() {
        var id = "n" + random.nextInt(size);
        var node = nodes.get(id);
        if (node == null) {
            node = new LiveNode(update(id));
            nodes.put(id, node);
        }
        switch (random.nextInt(4)) {
            case 0 -> node.busySlots = random.nextInt(node.update.getSlots() + 1);
            case 1 -> node.probing = random.nextBoolean();
            default -> node.accept(update(id), now + (random.nextInt(6) == 0 ? 0 : 10 + random.nextInt(500)));
        }
        judge(node);
        if (random.nextInt(4) == 0) pass();
    }

    private void pass() {
        now += random.nextInt(60);
        nodes.values().forEach(this::judge);
    }

    void judge(LiveNode node) {
        var standing = Standing.of(node, now);
        var before = node.judged(standing);
        if (standing.equals(before)) return;
        population.change(node, before, standing);
        indexes.forEach(index -> index.judge(before, standing));
    }

    private NodeUpdate update(String id) {
        return Samples.node(id)
                .setOwnerId("owner-" + random.nextInt(random.nextInt(4) == 0 ? 2 : 12))
                .setRegion(random.nextInt(4) == 0 ? "us" : "eu")
                .setNodeType(random.nextInt(4) == 0 ? NodeType.EDGE : NodeType.SERVER)
                .setCapabilities(random.nextInt(3) == 0 ? List.of() : List.of("gpu"))
                .setSlots(1 + random.nextInt(3))
                .setScorePpm(random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(1_000_001))
                .setLatencyMicros(random.nextBoolean() ? null : random.nextInt(3) * 1_000)
                .setBreaker(random.nextInt(4) > 0 ? Breaker.CLOSED : any(Breaker.values()))
                .build();
    }

    Requirement requirement() {
        return new Requirement(
                random.nextInt(4) > 0 ? null : "eu",
                random.nextInt(4) > 0 ? null : NodeType.SERVER,
                random.nextInt(4) > 0 ? List.of() : List.of("gpu"),
                random.nextInt(4) > 0 ? 0 : random.nextInt(700_000),
                random.nextBoolean() ? 1 : 2 + random.nextInt(3));
    }

    /// Nodes that failed a task, some of which nobody knows.
    Set<String> excluded() {
        var excluded = new TreeSet<String>();
        int most = random.nextInt(4) == 0 ? size + 1 : 3;
        for (int node = random.nextInt(most + 1); node > 0; node--) excluded.add("n" + random.nextInt(size + 1));
        return excluded;
    }

    @SafeVarargs
    final <T> T any(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
