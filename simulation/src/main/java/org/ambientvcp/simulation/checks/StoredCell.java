package org.ambientvcp.simulation.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ambientvcp.events.CellMeta;
import org.ambientvcp.events.CellNode;
import org.ambientvcp.events.CellTask;
import org.ambientvcp.events.FinishedTask;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.TenantTurn;
import org.ambientvcp.scheduler.cell.CellSnapshot;
import org.ambientvcp.scheduler.cell.StoreChange;
import org.ambientvcp.schemas.AvroCodec;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// The stores of a cell. Entries are shared with whoever stored them until a snapshot copies them by their bytes.
public final class StoredCell {
    private final TreeMap<String, CellNode> nodes = new TreeMap<>();
    private final TreeMap<String, CellTask> tasks = new TreeMap<>();
    private final TreeMap<String, FinishedTask> finished = new TreeMap<>();
    private final TreeMap<String, TenantTurn> turns = new TreeMap<>();
    private final TreeMap<String, NodeHome> departed = new TreeMap<>();
    private @Nullable CellMeta meta;

    public void apply(StoreChange change) {
        switch (change.store()) {
            case NODES -> put(nodes, CellNode.class, change);
            case TASKS -> put(tasks, CellTask.class, change);
            case FINISHED -> put(finished, FinishedTask.class, change);
            case TURNS -> put(turns, TenantTurn.class, change);
            case DEPARTED -> put(departed, NodeHome.class, change);
            case META -> meta = (CellMeta) change.value();
        }
    }

    private static <V extends SpecificRecord> void put(Map<String, V> store, Class<V> type, StoreChange change) {
        if (change.value() == null) store.remove(change.key());
        else store.put(change.key(), type.cast(change.value()));
    }

    /// Everything, as if it had been written and read.
    public CellSnapshot snapshot() {
        return new CellSnapshot(
                meta == null ? null : AvroCodec.copy(CellMeta.class, meta),
                copies(CellNode.class, nodes),
                copies(CellTask.class, tasks),
                copies(FinishedTask.class, finished),
                copies(TenantTurn.class, turns),
                copies(NodeHome.class, departed));
    }

    private static <V extends SpecificRecord> List<V> copies(Class<V> type, Map<String, V> store) {
        var copies = new ArrayList<V>(store.size());
        for (var value : store.values()) copies.add(AvroCodec.copy(type, value));
        return copies;
    }

    /// Live tasks by id; a live view.
    public SortedMap<String, CellTask> tasks() {
        return tasks;
    }

    /// Nodes by id; a live view.
    public SortedMap<String, CellNode> nodes() {
        return nodes;
    }
}
