package org.ambientvcp.simulation.world;

import java.util.List;
import java.util.TreeMap;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.scheduler.ledger.Effects;
import org.ambientvcp.scheduler.ledger.Router;
import org.ambientvcp.schemas.DeadLetters;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.simulation.broker.Entry;
import org.ambientvcp.simulation.broker.Partition;
import org.ambientvcp.simulation.checks.StoredLedger;

/// The ledger's task for one partition: exactly once.
final class LedgerTask extends StreamTask {
    private static final long COMMIT_MILLIS = 10;

    private final StoredLedger stored = new StoredLedger();

    LedgerTask(World world, int partition) {
        super(
                world,
                "ledger " + partition,
                List.of(world.broker.partition(Topics.LEDGER_COMMANDS, partition)),
                true,
                COMMIT_MILLIS);
    }

    @Override
    Instance restore() {
        return new Running();
    }

    private final class Running extends Instance {
        private final StoredLedger books = stored.copy();
        private final TreeMap<Integer, CellSummary> summaries = new TreeMap<>();
        private final long[] summariesRead = new long[world.broker.partitions(Topics.CELL_SUMMARIES)];

        Running() {
            super(LedgerTask.this);
        }

        @Override
        void process(Partition from, Entry entry) {
            if (!(entry.value() instanceof LedgerCommand command)) {
                refuse(from, entry, new Refusal("undecodable", "no ledger command"));
                return;
            }
            var owner = books.ownerOf(command, entry.key());
            if (owner == null) {
                refuse(from, entry, new Refusal("wrong-key", "the key is not the owner"));
                return;
            }
            var effects = books.apply(world.rules, command, world.profile.defaultQuota(), entry.timeMillis());
            store(() -> stored.store(command, effects, entry.timeMillis()));
            send(effects);
            for (var refusal : effects.refusals()) refuse(from, entry, refusal);
        }

        private void send(Effects effects) {
            var broker = world.broker;
            for (var each : effects.entries())
                send(broker.partition(Topics.LEDGER, each.getAccount()), each.getAccount(), each);
            for (var each : effects.balances())
                send(broker.partition(Topics.BALANCES, each.getAccount()), each.getAccount(), each);
            for (var each : effects.credits())
                send(
                        broker.partition(Topics.LEDGER_COMMANDS, each.getAccount()),
                        each.getAccount(),
                        new LedgerCommand(each));
            if (effects.offer() != null) offer(effects.offer());
            if (effects.rejected() != null) {
                var status = effects.rejected();
                var key = Topics.taskStatusKey(status.getTenant(), status.getTaskId());
                send(broker.partition(Topics.TASK_STATUS, key), key, status);
            }
        }

        private void offer(TaskOffer offer) {
            if (!chance.oneIn(3)) readSummaries();
            var route = Router.route(offer, world.profile.cells(), summaries::get);
            var routed = new TaskOffer(offer.getTask(), offer.getPassedBy(), route.version());
            send(
                    world.broker.partition(Topics.CELL_COMMANDS, route.cell()),
                    offer.getTask().getTaskId(),
                    new CellCommand(routed));
        }

        private void readSummaries() {
            for (int number = 0; number < summariesRead.length; number++) {
                var partition = world.broker.partition(Topics.CELL_SUMMARIES, number);
                for (var entry = partition.next(summariesRead[number]);
                        entry != null;
                        entry = partition.next(summariesRead[number])) {
                    summariesRead[number] = entry.offset() + 1;
                    if (entry.value() instanceof CellSummary summary) summaries.put(summary.getCell(), summary);
                }
            }
        }

        private void refuse(Partition from, Entry entry, Refusal refusal) {
            var letter = IntakeTask.letter(from, entry, refusal, "ledger");
            var key = DeadLetters.key(letter);
            send(world.broker.partition(Topics.DEAD_LETTERS, key), key, letter);
        }
    }
}
