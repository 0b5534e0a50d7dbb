package org.ambientvcp.simulation.checks;

import java.util.OptionalLong;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.scheduler.cell.Effects;

/// A cell's rules and memory, as [org.ambientvcp.scheduler.cell.Cell] has them.
public interface CellRule {
    Effects apply(long offset, long timestampMillis, CellCommand command);

    OptionalLong nextTimer();

    CellConfig config();

    CellSummary summary();
}
