package org.ambientvcp.scheduler.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.Tick;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bad days out of seeds. The failing seed is in the message.
class CellSimulationTest {
    private static final int SEEDS = 240;
    private static final int REPLAYED_SEEDS = 40;
    private static final int COMMANDS = 200;

    private final Invariants invariants = new Invariants();
    private final CellRun run = new CellRun();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void invariantsHoldAfterEveryCommandOfEveryDay(long quarter) {
        long grants = 0;
        long acceptances = 0;
        long forgets = 0;
        for (long seed = quarter; seed < SEEDS; seed += 4) {
            var day = new CellSimulationTest();
            try {
                day.live(seed);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed + ", offset " + (day.run.log.size() - 1), failure);
            }
            grants += day.invariants.grants;
            acceptances += day.invariants.acceptances;
            forgets += day.invariants.forgets;
        }
        assertThat(grants).as("the days were busy").isGreaterThan(SEEDS * 5);
        assertThat(acceptances).isGreaterThan(SEEDS * 2);
        assertThat(forgets).as("nodes were forgotten").isGreaterThan(SEEDS / 4);
    }

    @Test
    void theSameLogGivesTheSameBytesHoweverOftenTheCellIsRebuilt() {
        for (long seed = 1_000; seed < 1_000 + REPLAYED_SEEDS; seed++) {
            var original = new CellSimulationTest();
            original.live(seed);
            var replayed = new CellRun();
            var torn = new CellRun();
            var first = new CellRun();
            for (var logged : original.run.log) {
                var bytes = CellRun.bytes(first.apply(logged));
                assertThat(CellRun.bytes(replayed.apply(logged))).isEqualTo(bytes);
                assertThat(CellRun.bytes(torn.apply(logged)))
                        .as("seed %d, offset %d, rebuilt after every command", seed, logged.offset())
                        .isEqualTo(bytes);
                torn.restart();
                assertThat(torn.cell().nextTimer()).isEqualTo(first.cell().nextTimer());
                assertThat(torn.cell().summary()).isEqualTo(first.cell().summary());
            }
        }
    }

    private void live(long seed) {
        var world = new RandomWorld(seed);
        for (int command = 0; command < COMMANDS; command++) {
            run.now += world.passingMillis();
            apply(world, world.nextCommand());
        }
        world.calmDown();
        calmEnd(world);
    }

    /// When everybody behaves again, every task ends but those that no node may take.
    private void calmEnd(RandomWorld world) {
        for (int round = 0; round < 25 && !invariants.live.isEmpty(); round++) {
            for (int node = 0; node < RandomWorld.NODES; node++) apply(world, world.update(node));
            while (!world.underWay.isEmpty()) apply(world, world.underWay.removeFirst());
            run.now = Math.max(run.now + 2_000, run.cell().nextTimer().orElse(0));
            apply(world, new Tick(5L));
        }
        for (var task : invariants.live.values()) {
            assertThat(task.getState()).isEqualTo(TaskState.QUEUED);
            assertThat(task.getStatus().getReason()).containsAnyOf("no node can take it yet", "needs nodes of");
        }
    }

    private void apply(RandomWorld world, SpecificRecord command) {
        var effects = run.apply(command);
        world.hear(effects);
        invariants.check(run, command, effects, run.now);
    }
}
