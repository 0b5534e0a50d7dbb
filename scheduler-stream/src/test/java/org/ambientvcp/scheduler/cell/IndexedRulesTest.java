package org.ambientvcp.scheduler.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.scheduler.cell.NodesById.Measure;
import org.junit.jupiter.api.Test;

/// Indexes decide exactly what a look at every node would decide. The failing seed is in the message.
class IndexedRulesTest {
    private static final int WORLDS = 4_000;
    private static final int CHANGES = 20;

    private long placements;
    private long replicas;
    private long againstOdds;

    @Test
    void everyChoiceAndItsExplanationIsThatOfTheLinearRule() {
        for (long seed = 0; seed < WORLDS; seed++) {
            try {
                live(seed);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
        assertThat(placements).as("tasks placed").isGreaterThan(10_000);
        assertThat(replicas).as("further replicas placed").isGreaterThan(1_000);
        assertThat(againstOdds).as("tasks with a node that failed them").isGreaterThan(1_000);
    }

    private void live(long seed) {
        var world = new RandomNodes(seed);
        var wanted = world.requirement();
        var index = new Eligibility(wanted, world.population);
        world.indexes.add(index);
        for (int change = 0; change < CHANGES; change++) {
            world.change();
            for (int task = 0; task < 6; task++) {
                var excluded = world.excluded();
                var linear = new LinearRule(wanted, excluded, world.nodes.values(), world.now);
                var place = "change " + change + ", excluded " + excluded;
                assertThat(index.suffices(excluded)).as(place).isEqualTo(linear.owners() >= wanted.replicas());
                if (wanted.replicas() > 1)
                    assertThat(index.owners(excluded)).as(place).isEqualTo(linear.owners());
                assertThat(index.filtered(excluded, Set.of())).as(place).isEqualTo(linear.filtered(Set.of()));
                if (index.suffices(excluded)) place(world, wanted, index, excluded, place);
            }
            var fresh = new Eligibility(wanted, world.population);
            assertThat(index.filtered(Set.of(), Set.of())).isEqualTo(fresh.filtered(Set.of(), Set.of()));
        }
    }

    /// Places a task replica by replica, as [Leases#grant] does.
    private void place(RandomNodes world, Requirement wanted, Eligibility index, Set<String> excluded, String place) {
        var strategy = world.any(Strategy.values());
        var cursor = world.random.nextInt(5) == 0 ? "" : "n" + world.random.nextInt(45);
        var offset = world.random.nextLong(1_000_000);
        var draws = new Draws(CellRun.CELL, offset);
        var linearDraws = new Draws(CellRun.CELL, offset);
        var taken = new HashSet<String>();
        for (int replica = 0; replica < wanted.replicas(); replica++) {
            var linear = new LinearRule(wanted, excluded, world.nodes.values(), world.now);
            var said = place + ", " + strategy + ", replica " + replica;
            assertThat(index.considered()).as(said).isEqualTo(linear.considered());
            assertThat(index.candidates(excluded, taken))
                    .as(said)
                    .isEqualTo(linear.candidates(taken).size());
            assertThat(index.filtered(excluded, taken)).as(said).isEqualTo(linear.filtered(taken));

            var choice = index.choose(strategy, excluded, taken, cursor, draws);

            assertThat(choice).as(said).isEqualTo(linear.choose(strategy, taken, cursor, linearDraws));
            var node = choice.node();
            if (excluded.contains(node.id())) againstOdds++;
            if (replica > 0) replicas++;
            taken.add(node.update.getOwnerId());
            node.busySlots++;
            node.probing = true;
            world.judge(node);
        }
        placements++;
    }

    @Test
    void sumsByNodeIdAreThoseOfASortedMap() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var tree = new NodesById();
            var map = new TreeMap<String, Integer>();
            for (int step = 0; step < 300; step++) {
                var node = new LiveNode(Samples.node("n" + random.nextInt(80)).build());
                if (random.nextInt(3) == 0) {
                    tree.remove(node);
                    map.remove(node.id());
                } else {
                    int weight = 1 + random.nextInt(9);
                    tree.put(node, weight);
                    map.put(node.id(), weight);
                }
                var id = "n" + random.nextInt(80);
                var upTo = map.headMap(id, true);
                assertThat(tree.size()).isEqualTo(map.size());
                assertThat(tree.upTo(id, Measure.COUNT)).isEqualTo(upTo.size());
                assertThat(tree.upTo(id, Measure.WEIGHT))
                        .isEqualTo(upTo.values().stream()
                                .mapToLong(Integer::longValue)
                                .sum());
            }
        }
    }

    @Test
    void theTreeStaysFlatInWhateverOrderNodesCome() {
        var tree = new NodesById();
        for (int node = 0; node < 10_000; node++)
            tree.put(new LiveNode(Samples.node("n" + (100_000 + node)).build()), 1);
        for (int node = 0; node < 10_000; node += 3)
            tree.remove(new LiveNode(Samples.node("n" + (100_000 + node)).build()));

        assertThat(tree.size()).isEqualTo(6_666);
        assertThat(tree.depth()).isLessThan(32); // 2.41 · log2(6,667)
    }
}
