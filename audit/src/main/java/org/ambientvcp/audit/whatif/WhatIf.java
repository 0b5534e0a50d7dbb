package org.ambientvcp.audit.whatif;

import java.io.IOException;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.telemetry.energy.CarbonIntensity;
import org.jspecify.annotations.Nullable;

/// What would have become of the tasks of a log under another strategy.
///
/// Nobody knows what a node would have made of a task it never had, so there are three outcomes: the log's own; that of
/// a model of the same decisions, which shows how far the model is to be trusted; and that of the model under the other
/// strategy. The last two are to be compared with each other. docs/audit.md says what the model is.
public final class WhatIf {
    /// @param log what the log says
    /// @param model the model, under the strategies of the log
    /// @param other the model, every task under the other strategy
    public record Comparison(Strategy strategy, Outcome log, Outcome model, Outcome other) {}

    private WhatIf() {}

    /// Replays the cells' commands three times. Memory grows with the number of tasks.
    ///
    /// @throws IOException if the logs cannot be read, or a cell's first commands are gone
    public static Comparison of(ExportedLogs logs, Strategy strategy, CarbonIntensity carbon) throws IOException {
        var model = new RunModel();
        var log = new Measures();
        for (var place : logs.partitions(Topics.CELL_COMMANDS)) {
            if (logs.range(place).first() > 0)
                throw new IOException(place + ": its commands before offset "
                        + logs.range(place).first() + " expired, so the cell cannot be replayed");
            new Observer(logs, place, model, log).run();
        }
        return new Comparison(
                strategy, log.outcome(carbon), run(logs, model, null, carbon), run(logs, model, strategy, carbon));
    }

    private static Outcome run(ExportedLogs logs, RunModel model, @Nullable Strategy strategy, CarbonIntensity carbon)
            throws IOException {
        var measures = new Measures();
        new Counterfactual(logs, model, measures, strategy).run();
        return measures.outcome(carbon);
    }
}
