package org.ambientvcp.scheduler.cell;

import java.util.List;
import org.ambientvcp.events.CellMeta;
import org.ambientvcp.events.CellNode;
import org.ambientvcp.events.CellTask;
import org.ambientvcp.events.FinishedTask;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.TenantTurn;
import org.jspecify.annotations.Nullable;

/// A cell's stored state, in any order.
///
/// @param meta null = no command was ever applied
public record CellSnapshot(
        @Nullable CellMeta meta,
        List<CellNode> nodes,
        List<CellTask> tasks,
        List<FinishedTask> finished,
        List<TenantTurn> turns,
        List<NodeHome> departed) {
    public static final CellSnapshot EMPTY =
            new CellSnapshot(null, List.of(), List.of(), List.of(), List.of(), List.of());
}
