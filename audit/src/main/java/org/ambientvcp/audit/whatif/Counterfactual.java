package org.ambientvcp.audit.whatif;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.PassOn;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.Tick;
import org.ambientvcp.events.VerdictReceived;
import org.ambientvcp.scheduler.cell.Cell;
import org.ambientvcp.scheduler.cell.CellSettings;
import org.ambientvcp.scheduler.cell.CellSnapshot;
import org.ambientvcp.scheduler.cell.Effects;
import org.ambientvcp.scheduler.ledger.Router;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// Runs the cells' own rules over what came from outside, and lets a [RunModel] answer their decisions. A simulation by
/// events: equal logs give equal outcomes. Ends when the log ends. One thread.
final class Counterfactual {
    private final ExportedLogs logs;
    private final RunModel model;
    private final Measures measures;
    /// For all tasks; null = as the tasks and the settings in the log say.
    private final @Nullable Strategy strategy;

    private final List<Cell> cells = new ArrayList<>();
    private final long[] offsets;
    private final long[] tickAt;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Map<String, Integer> homes = new HashMap<>();
    private final Map<LeaseKey, ResultReceived> promised = new HashMap<>();
    private long order;

    private record LeaseKey(int cell, long epoch) {}

    /// A command that is on its way.
    ///
    /// @param ended the run that it ends; null = none
    private record Due(
            long at,
            long order,
            int cell,
            CellCommand command,
            @Nullable ObservedRun ended) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    Counterfactual(ExportedLogs logs, RunModel model, Measures measures, @Nullable Strategy strategy) {
        this.logs = logs;
        this.model = model;
        this.measures = measures;
        this.strategy = strategy;
        var count = logs.count(Topics.CELL_COMMANDS);
        offsets = new long[count];
        tickAt = new long[count];
        for (int cell = 0; cell < count; cell++) {
            cells.add(Cell.restore(cell, CellSnapshot.EMPTY));
            tickAt[cell] = Long.MAX_VALUE;
        }
    }

    void run() throws IOException {
        try (var inputs = new LogInputs(logs)) {
            if (strategy != null && inputs.nextAt() < Long.MAX_VALUE) configure(inputs.nextAt());
            for (var input = inputs.take(); input != null; input = inputs.take()) {
                play(input.at());
                from(input);
            }
            play(inputs.last());
            measures.time(inputs.last());
        }
    }

    /// The settings before the first in the log.
    private void configure(long at) {
        for (int cell = 0; cell < cells.size(); cell++) apply(cell, at, new CellCommand(changed(CellSettings.DEFAULT)));
    }

    /// All that is due before the next input.
    private void play(long until) {
        for (var next = due.peek(); next != null && next.at() < until; next = due.peek()) {
            due.remove();
            if (next.command().getBody() instanceof Tick) tickAt[next.cell()] = Long.MAX_VALUE;
            if (next.ended() != null) measures.ran(next.ended());
            apply(next.cell(), next.at(), next.command());
        }
    }

    private void from(LogInputs.Input input) {
        int cell = input.cell();
        var command = input.command();
        switch (command.getBody()) {
            case NodeUpdate update -> {
                measures.node(update);
                cell = homes.getOrDefault(update.getNodeId(), cell);
            }
            case TaskOffer offer -> {
                measures.offer(offer, input.at());
                command = new CellCommand(changed(offer));
            }
            case CellConfig config -> command = new CellCommand(changed(config));
            default -> {}
        }
        apply(cell, input.at(), command);
    }

    private CellConfig changed(CellConfig config) {
        return strategy == null
                ? config
                : CellConfig.newBuilder(config).setDefaultStrategy(strategy).build();
    }

    private TaskOffer changed(TaskOffer offer) {
        if (strategy == null || offer.getTask().getStrategy() == null) return offer;
        return TaskOffer.newBuilder(offer)
                .setTask(Task.newBuilder(offer.getTask()).setStrategy(null).build())
                .build();
    }

    private void apply(int cell, long at, CellCommand command) {
        measures.time(at);
        var effects = cells.get(cell).apply(offsets[cell]++, at, command);
        measures.effects(effects, at);
        for (var output : effects.assignments()) assigned(cell, output.value(), at);
        for (var output : effects.verifications()) {
            var job = output.value();
            var done = at + model.checkMillis(job.getLevel(), job.getReexecute());
            later(done, cell, new CellCommand(new VerdictReceived(PlayedNodes.verdict(job, done))), null);
        }
        forOthers(effects, at);
        for (var output : effects.homes())
            homes.put(output.value().getNodeId(), output.value().getCell());
        tick(cell, at);
    }

    private void forOthers(Effects effects, long at) {
        for (var command : effects.commands()) later(at, command.cell(), command.command(), null);
        for (var output : effects.ledger()) {
            if (!(output.value().getBody() instanceof PassOn passed)) continue;
            var offer = passed.getOffer();
            var route = Router.route(
                    offer, cells.size(), number -> cells.get(number).summary());
            later(
                    at,
                    route.cell(),
                    new CellCommand(new TaskOffer(offer.getTask(), offer.getPassedBy(), route.version())),
                    null);
        }
    }

    private void assigned(int cell, Assignment lease, long at) {
        var key = new LeaseKey(cell, lease.getLeaseEpoch());
        if (lease.getKind() == AssignmentKind.REVEAL) {
            var result = promised.remove(key);
            if (result != null) later(at + model.revealMillis(), cell, new CellCommand(result), null);
            return;
        }
        var task = lease.getTask();
        if (lease.getKind() == AssignmentKind.REVOKE || task == null) {
            promised.remove(key);
            return;
        }
        var run = model.run(lease.getTaskId(), task.getModuleSha256(), lease.getNodeId());
        if (run.silent()) return;
        var result = PlayedNodes.result(lease, task, run);
        if (lease.getCommitFirst() && !run.failed()) {
            promised.put(key, result);
            later(at + run.millis(), cell, new CellCommand(PlayedNodes.commitment(lease, result)), run);
        } else later(at + run.millis(), cell, new CellCommand(result), run);
    }

    /// A tick comes when something is due, as the service sends it.
    private void tick(int cell, long at) {
        var next = cells.get(cell).nextTimer();
        if (next.isEmpty()) return;
        var tick = Math.max(at, next.getAsLong());
        if (tick >= tickAt[cell]) return;
        tickAt[cell] = tick;
        later(tick, cell, new CellCommand(new Tick(0L)), null);
    }

    private void later(long at, int cell, CellCommand command, @Nullable ObservedRun ended) {
        due.add(new Due(at, order++, cell, command, ended));
    }
}
