package org.ambientvcp.simulation.world;

import java.util.List;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.Tick;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.scheduler.cell.Effects;
import org.ambientvcp.schemas.DeadLetters;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.simulation.broker.Entry;
import org.ambientvcp.simulation.broker.Partition;
import org.ambientvcp.simulation.checks.CellRule;
import org.ambientvcp.simulation.checks.StoredCell;
import org.jspecify.annotations.Nullable;

/// A cell's task: exactly once.
final class CellRunner extends StreamTask {
    private static final long COMMIT_MILLIS = 10;
    private static final long LOOK_MILLIS = 50;
    private static final long TELL_MILLIS = 250;

    private final int cell;
    private final StoredCell stored = new StoredCell();
    /// What every process that starts from now on is configured with.
    CellConfig config;

    CellRunner(World world, int cell, CellConfig config) {
        super(world, "cell " + cell, List.of(world.broker.partition(Topics.CELL_COMMANDS, cell)), true, COMMIT_MILLIS);
        this.cell = cell;
        this.config = config;
    }

    @Override
    Instance restore() {
        return new Running();
    }

    private final class Running extends Instance {
        private final CellRule rule = world.rules.cell(cell, stored.snapshot());
        private final Partition commands = world.broker.partition(Topics.CELL_COMMANDS, cell);
        private final long skewMillis = chance.between(-200, 200);
        private boolean configLogged;
        private boolean tickLogged;
        private long ticks;
        private long lastLook;
        private long lastTell;
        private @Nullable CellSummary told;

        Running() {
            super(CellRunner.this);
        }

        @Override
        void process(Partition from, Entry entry) {
            if (!(entry.value() instanceof CellCommand command)) {
                refuse(entry, new Refusal("undecodable", "no cell command"));
                return;
            }
            if (command.getBody() instanceof Tick) tickLogged = false;
            var effects = rule.apply(entry.offset(), entry.timeMillis(), command);
            world.trace(() -> CellRunner.this.name + " " + Words.command(entry.offset(), command, effects));
            for (var change : effects.changes()) store(() -> stored.apply(change));
            send(effects);
            for (var refusal : effects.refusals()) refuse(entry, refusal);
        }

        private void send(Effects effects) {
            var broker = world.broker;
            for (var each : effects.assignments())
                send(broker.partition(Topics.ASSIGNMENTS, cell), each.key(), each.value());
            for (var each : effects.statuses())
                send(broker.partition(Topics.TASK_STATUS, each.key()), each.key(), each.value());
            for (var each : effects.verifications())
                send(broker.partition(Topics.VERIFICATIONS, each.key()), each.key(), each.value());
            for (var each : effects.ledger())
                send(broker.partition(Topics.LEDGER_COMMANDS, each.key()), each.key(), each.value());
            for (var each : effects.reputations())
                send(broker.partition(Topics.REPUTATION, each.key()), each.key(), each.value());
        }

        private void refuse(Entry entry, Refusal refusal) {
            var letter = IntakeTask.letter(commands, entry, refusal, "cell");
            var key = DeadLetters.key(letter);
            send(world.broker.partition(Topics.DEAD_LETTERS, key), key, letter);
        }

        @Override
        long lookEveryMillis() {
            return LOOK_MILLIS;
        }

        @Override
        void punctuate() {
            var wall = world.time.now() + skewMillis;
            if (wall - lastLook >= LOOK_MILLIS) {
                lastLook = wall;
                look(wall);
            }
            if (wall - lastTell >= TELL_MILLIS) {
                lastTell = wall;
                tell();
            }
        }

        private void look(long wall) {
            if (!configLogged) {
                configLogged = true;
                if (!config.equals(rule.config())) send(commands, "config", new CellCommand(config));
            }
            var due = rule.nextTimer();
            if (tickLogged || due.isEmpty() || due.getAsLong() > wall) return;
            tickLogged = true;
            send(commands, "tick", new CellCommand(new Tick(ticks++)));
        }

        private void tell() {
            var summary = rule.summary();
            if (told != null && sameNews(told, summary)) return;
            told = summary;
            var key = Integer.toString(cell);
            send(world.broker.partition(Topics.CELL_SUMMARIES, key), key, summary);
        }

        private static boolean sameNews(CellSummary one, CellSummary other) {
            return one.getLiveNodes() == other.getLiveNodes()
                    && one.getFreeSlots() == other.getFreeSlots()
                    && one.getQueuedTasks() == other.getQueuedTasks()
                    && one.getLeasedTasks() == other.getLeasedTasks()
                    && one.getClasses().equals(other.getClasses());
        }
    }
}
