package org.ambientvcp.simulation.checks;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.events.PassOn;
import org.ambientvcp.events.SettleTask;
import org.ambientvcp.events.SlashNode;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.schemas.Topics;

/// Checks a whole history: replays every cell and every partition of the ledger by the rules, looks at each step with
/// eyes of its own, compares what the rules say with what was written, and follows every task and every coin.
public final class HistoryCheck {
    /// What the last commands of a log cause may not be written yet.
    static final long LATE_MILLIS = 5_000;

    private final History history;
    private final Rules rules;
    private final Oracle oracle;
    private final int defaultQuota;
    private final Findings findings = new Findings();
    private final Expected assignments = new Expected("assignments");
    private final Expected statuses = new Expected("statuses");
    private final Expected jobs = new Expected("verification jobs");
    private final Expected ledgerCommands = new Expected("ledger commands");
    private final Expected reputations = new Expected("reputations");
    private final Expected entries = new Expected("ledger entries");
    private final Expected balances = new Expected("balances");
    private final Expected offers = new Expected("offers");

    /// @param rules that the history should follow
    /// @param defaultQuota tasks in flight of a tenant without a quota
    public HistoryCheck(History history, Rules rules, Oracle oracle, int defaultQuota) {
        this.history = history;
        this.rules = rules;
        this.oracle = oracle;
        this.defaultQuota = defaultQuota;
    }

    /// Everything that should not be; empty = all is well.
    public List<Violation> violations() {
        var cells = cells();
        var ledgers = ledgers();
        found();
        for (var expected : List.of(assignments, statuses)) expected.sameOrder(findings);
        for (var expected : List.of(jobs, ledgerCommands, reputations, entries, balances, offers))
            expected.sameSet(findings);
        new EntriesCheck(history, findings).check();
        new TasksCheck(history, oracle, findings, cells, ledgers).check();
        return findings.all();
    }

    private List<StoredCell> cells() {
        var cells = new ArrayList<StoredCell>();
        var commands = history.of(Topics.CELL_COMMANDS);
        for (int cell = 0; cell < history.partitions(Topics.CELL_COMMANDS); cell++) {
            int number = cell;
            var log =
                    commands.stream().filter(each -> each.partition() == number).toList();
            long end = log.isEmpty() ? 0 : log.getLast().timeMillis();
            var check = new CellCheck(cell, rules, findings);
            for (var logged : log) {
                if (logged.value() == null) continue;
                var effects = check.apply(logged.offset(), logged.timeMillis(), logged.value());
                boolean late = logged.timeMillis() > end - LATE_MILLIS;
                for (var each : effects.assignments()) assignments.due("cell " + cell, each.value(), late);
                for (var each : effects.statuses()) statuses.due(each.key() + " in cell " + cell, each.value(), late);
                for (var each : effects.verifications()) jobs.due(each.key(), each.value(), late);
                for (var each : effects.ledger()) ledgerCommands.due(each.key(), each.value(), late);
                for (var each : effects.reputations()) reputations.due(each.key(), each.value(), late);
            }
            cells.add(check.stored());
        }
        return cells;
    }

    private List<StoredLedger> ledgers() {
        var ledgers = new ArrayList<StoredLedger>();
        var commands = history.of(Topics.LEDGER_COMMANDS);
        for (int partition = 0; partition < history.partitions(Topics.LEDGER_COMMANDS); partition++) {
            int number = partition;
            var log =
                    commands.stream().filter(each -> each.partition() == number).toList();
            long end = log.isEmpty() ? 0 : log.getLast().timeMillis();
            var check = new LedgerCheck(partition, rules, defaultQuota, findings);
            for (var logged : log) {
                if (logged.value() == null) continue;
                var effects = check.apply(logged);
                if (effects == null) continue;
                boolean late = logged.timeMillis() > end - LATE_MILLIS;
                for (var each : effects.entries()) entries.due(each.getTransferId(), each, late);
                for (var each : effects.balances()) balances.due(each.getAccount(), each, late);
                if (effects.offer() != null) offers.due(key(effects.offer()), "offer", late);
                if (effects.rejected() != null)
                    statuses.due(
                            Topics.taskStatusKey(
                                            effects.rejected().getTenant(),
                                            effects.rejected().getTaskId()) + " in no cell",
                            effects.rejected(),
                            late);
            }
            ledgers.add(check.stored());
        }
        return ledgers;
    }

    private static String key(TaskOffer offer) {
        return offer.getTask().getTenant() + "/" + offer.getTask().getTaskId() + " after " + offer.getPassedBy();
    }

    private void found() {
        for (var each : history.of(Topics.ASSIGNMENTS))
            if (each.value() != null) assignments.found("cell " + each.partition(), each.value());
        for (var each : history.of(Topics.TASK_STATUS))
            if (each.value() != null && !isOfIntake(each.value()))
                statuses.found(
                        each.key()
                                + (each.value().getCell() < 0
                                        ? " in no cell"
                                        : " in cell " + each.value().getCell()),
                        each.value());
        for (var each : history.of(Topics.VERIFICATIONS))
            if (each.value() != null) jobs.found(String.valueOf(each.key()), each.value());
        for (var each : history.of(Topics.LEDGER_COMMANDS))
            if (each.value() != null
                    && (each.value().getBody() instanceof SettleTask
                            || each.value().getBody() instanceof SlashNode
                            || each.value().getBody() instanceof PassOn))
                ledgerCommands.found(String.valueOf(each.key()), each.value());
        for (var each : history.of(Topics.REPUTATION))
            if (each.value() != null) reputations.found(String.valueOf(each.key()), each.value());
        for (var each : history.of(Topics.LEDGER))
            if (each.value() != null) entries.found(each.value().getTransferId(), each.value());
        for (var each : history.of(Topics.BALANCES))
            if (each.value() != null) balances.found(each.value().getAccount(), each.value());
        for (var each : history.of(Topics.CELL_COMMANDS))
            if (each.value() != null && each.value().getBody() instanceof TaskOffer offer)
                offers.found(key(offer), "offer");
    }

    /// The intake names fields, the ledger money and quotas.
    private static boolean isOfIntake(TaskStatus status) {
        var reason = status.getReason();
        return status.getState() == TaskState.REJECTED
                && status.getCell() < 0
                && reason != null
                && !reason.contains("in flight, its quota is")
                && !reason.startsWith("the reward is ");
    }
}
