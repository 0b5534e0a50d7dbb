package org.ambientvcp.scheduler.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.SlotClass;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.scheduler.Samples;
import org.ambientvcp.scheduler.ledger.Router.Route;
import org.junit.jupiter.api.Test;

class RouterTest {
    @Test
    void theOnlyCellGetsEverything() {
        assertThat(Router.route(offer("t"), 1, cell -> null)).isEqualTo(new Route(0, 0));
    }

    @Test
    void ofTwoTheOneWithMoreRoomWinsAndItsVersionIsTold() {
        var summaries = Map.of(0, summary(0, 11, 8, 0, 7), 1, summary(1, 22, 4, 0, 0));

        assertThat(Router.route(offer("t"), 2, summaries::get)).isEqualTo(new Route(1, 22));
    }

    @Test
    void tiesGoToTheLowerNumber() {
        var summaries = Map.of(0, summary(0, 11, 4, 1, 1), 1, summary(1, 22, 4, 2, 0));

        for (var id : List.of("a", "b", "c", "d"))
            assertThat(Router.route(offer(id), 2, summaries::get).cell()).isZero();
    }

    @Test
    void withoutSummariesTheDrawsSpreadTheTasks() {
        var hits = new int[8];
        for (var task = 0; task < 8_000; task++)
            hits[Router.route(offer("task-" + task), 8, cell -> null).cell()]++;

        // the lower of two distinct draws: cell 0 has 2/8 of them, cell 7 none
        assertThat(hits[0]).isBetween(1_800, 2_200);
        assertThat(hits[3]).isBetween(1_000, 1_300);
        assertThat(hits[7]).isZero();
    }

    @Test
    void equalCellsShareTheTasksAsTheyFill() {
        var queued = new int[6];
        for (var task = 0; task < 6_000; task++) {
            var route = Router.route(offer("task-" + task), 6, cell -> summary(cell, 1, 10, queued[cell], 0));
            queued[route.cell()]++;
        }

        assertThat(Arrays.stream(queued).max().orElseThrow()
                        - Arrays.stream(queued).min().orElseThrow())
                .isLessThan(60);
    }

    @Test
    void theSameTaskIsDrawnTheSameCells() {
        var first = Router.route(offer("task-9"), 64, cell -> null);

        assertThat(Router.route(offer("task-9"), 64, cell -> null)).isEqualTo(first);
    }

    @Test
    void cellsThatPassedAreNotAskedAgain() {
        for (var task = 0; task < 100; task++) {
            var offer = new TaskOffer(Samples.task("acme", "t" + task, 1), List.of(0, 2), 0L);
            assertThat(Router.route(offer, 4, cell -> summary(cell, 1, 1, 0, 0)).cell())
                    .isIn(1, 3);
        }
    }

    @Test
    void whatAllHavePassedGoesHome() {
        var offer = new TaskOffer(Samples.task("acme", "t", 1), List.of(9, 2, 0, 1), 0L);

        assertThat(Router.route(offer, 3, cell -> summary(cell, 5, 1, 0, 0))).isEqualTo(new Route(2, 5));
    }

    @Test
    void cellsWithoutASummaryOrWithoutNodesComeLast() {
        var summaries = new HashMap<Integer, CellSummary>();
        summaries.put(5, summary(5, 1, 1, 900, 0));
        summaries.put(6, new CellSummary(6, 1L, 0, 0, 0, 0, List.of(), 0, 0));

        for (var task = 0; task < 50; task++)
            assertThat(Router.route(offer("t" + task), 8, summaries::get).cell())
                    .isEqualTo(5);

        summaries.remove(5);
        assertThat(Router.route(offer("t"), 8, summaries::get).cell()).isEqualTo(6);
    }

    @Test
    void aTaskGoesWhereANodeOfItsRegionAndTypeLives() {
        var summaries = Map.of(
                0, summary(0, 1, 100, 0, 0, new SlotClass("eu", NodeType.SERVER, 9, 100)),
                1, summary(1, 1, 1, 5, 0, new SlotClass("us", NodeType.EDGE, 1, 0)),
                2, summary(2, 1, 90, 0, 0, new SlotClass("us", NodeType.SERVER, 9, 90)),
                3, summary(3, 1, 90, 0, 0, new SlotClass("us", NodeType.EDGE, 0, 90)));
        var seen = new TreeSet<Integer>();

        for (var task = 0; task < 50; task++) {
            var wanted = Requirements.newBuilder()
                    .setRegion("us")
                    .setNodeType(NodeType.EDGE)
                    .build();
            var offer = new TaskOffer(
                    Samples.task().setTaskId("t" + task).setRequirements(wanted).build(), List.of(), 0L);
            seen.add(Router.route(offer, 4, summaries::get).cell());
        }

        assertThat(seen).containsExactly(1);
    }

    private static TaskOffer offer(String taskId) {
        return new TaskOffer(Samples.task("acme", taskId, 1), List.of(), 0L);
    }

    private static CellSummary summary(int cell, long version, int free, int queued, int leased, SlotClass... classes) {
        return new CellSummary(
                cell,
                version,
                1,
                free,
                queued,
                leased,
                classes.length == 0 ? List.of(new SlotClass("eu", NodeType.SERVER, 1, free)) : List.of(classes),
                0,
                0);
    }
}
