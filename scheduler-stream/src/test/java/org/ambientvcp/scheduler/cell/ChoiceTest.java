package org.ambientvcp.scheduler.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.Strategy;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private final TreeMap<String, LiveNode> candidates = new TreeMap<>();
    private final Population population = new Population();

    @Test
    void weightedDrawsFollowTheScores() {
        add(Samples.node("a").setScorePpm(900_000));
        add(Samples.node("b").setScorePpm(300_000));
        add(Samples.node("c").setScorePpm(100_000));
        var counts = new HashMap<String, Integer>();
        int draws = 13_000;

        for (long offset = 0; offset < draws; offset++)
            counts.merge(choose(Strategy.WEIGHTED, "", offset).node().id(), 1, Integer::sum);

        double chiSquare = 0;
        for (var node : candidates.values()) {
            double expected = draws * (node.update.getScorePpm() / 1_300_000.0);
            double seen = counts.getOrDefault(node.id(), 0);
            chiSquare += (seen - expected) * (seen - expected) / expected;
        }
        assertThat(chiSquare).as("chi-square, 2 degrees of freedom, p = 0.001").isLessThan(13.8);
    }

    @Test
    void weightedDrawsAreTheSameForTheSamePlaceInTheLog() {
        add(Samples.node("a"));
        add(Samples.node("b"));

        assertThat(choose(Strategy.WEIGHTED, "", 77)).isEqualTo(choose(Strategy.WEIGHTED, "", 77));
        assertThat(choose(Strategy.WEIGHTED, "", 77).draw())
                .isNotEqualTo(choose(Strategy.WEIGHTED, "", 78).draw());
    }

    @Test
    void aWeightedDrawSaysHowItFell() {
        add(Samples.node("a").setScorePpm(812_345));

        assertThat(choose(Strategy.WEIGHTED, "", 1).reason())
                .matches("weighted draw [\\d,]+ of 812,345 fell on a \\(score 0\\.812\\), the only candidate");
    }

    @Test
    void nodesOfNoScoreAreStillDrawn() {
        add(Samples.node("a").setScorePpm(0));

        assertThat(choose(Strategy.WEIGHTED, "", 1).node().id()).isEqualTo("a");
    }

    @Test
    void roundRobinGoesOnAfterTheCursorAndStartsAnew() {
        add(Samples.node("a"));
        add(Samples.node("b"));
        add(Samples.node("d"));

        assertThat(chosen(Strategy.ROUND_ROBIN, "")).isEqualTo("a");
        assertThat(chosen(Strategy.ROUND_ROBIN, "a")).isEqualTo("b");
        assertThat(chosen(Strategy.ROUND_ROBIN, "c")).isEqualTo("d");
        assertThat(chosen(Strategy.ROUND_ROBIN, "d")).isEqualTo("a");
    }

    @Test
    void leastLoadedComparesSharesThenScoresThenIds() {
        add(Samples.node("a").setSlots(4), 2);
        add(Samples.node("b").setSlots(3), 1);
        assertThat(chosen(Strategy.LEAST_LOADED, "")).isEqualTo("b");

        add(Samples.node("c").setSlots(6).setScorePpm(600_000), 2);
        assertThat(chosen(Strategy.LEAST_LOADED, ""))
                .as("same load, better score")
                .isEqualTo("c");

        add(Samples.node("bb").setSlots(6).setScorePpm(600_000), 2);
        assertThat(chosen(Strategy.LEAST_LOADED, "")).as("same score, lower id").isEqualTo("bb");
    }

    @Test
    void latencyAwareTakesTheNearestAndTheUnknownLast() {
        add(Samples.node("a").setScorePpm(999_999));
        add(Samples.node("b").setLatencyMicros(90_000));
        assertThat(chosen(Strategy.LATENCY_AWARE, "")).isEqualTo("b");

        add(Samples.node("c").setLatencyMicros(8_200));
        assertThat(choose(Strategy.LATENCY_AWARE, "", 1).reason())
                .isEqualTo("latency 8.2 ms is the lowest: c (score 0.500) among 3 candidates");
    }

    private void add(NodeUpdate.Builder node) {
        add(node, 0);
    }

    private void add(NodeUpdate.Builder node, int busySlots) {
        var live = new LiveNode(node.build());
        live.leaseExpiresAt = Long.MAX_VALUE;
        live.busySlots = busySlots;
        var standing = Standing.of(live, 0);
        live.judged(standing);
        candidates.put(live.id(), live);
        population.change(live, null, standing);
    }

    private String chosen(Strategy strategy, String cursor) {
        return choose(strategy, cursor, 1).node().id();
    }

    private Choice choose(Strategy strategy, String cursor, long offset) {
        var anything = new Requirement(null, null, List.of(), 0, 1);
        var eligibility = new Eligibility(anything, population);
        return eligibility.choose(strategy, Set.of(), Set.of(), cursor, new Draws(CellRun.CELL, offset));
    }
}
