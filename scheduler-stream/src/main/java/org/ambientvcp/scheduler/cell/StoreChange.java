package org.ambientvcp.scheduler.cell;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// An entry of a cell's state that is new.
///
/// @param key node id, task id, `priority/tenant`, or [#META_KEY]
/// @param value null = the entry is gone
public record StoreChange(Store store, String key, @Nullable SpecificRecord value) {
    public static final String META_KEY = "meta";

    /// The parts of a cell's state.
    public enum Store {
        /// `CellNode` by node id.
        NODES,
        /// `CellTask` by task id.
        TASKS,
        /// `FinishedTask` by task id.
        FINISHED,
        /// `TenantTurn` by `priority/tenant`.
        TURNS,
        /// The one `CellMeta`.
        META,
        /// `NodeHome` by node id.
        DEPARTED
    }
}
