package org.ambientvcp.scheduler.celltopology;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.events.CellMeta;
import org.ambientvcp.events.CellNode;
import org.ambientvcp.events.CellTask;
import org.ambientvcp.events.FinishedTask;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.TenantTurn;
import org.ambientvcp.scheduler.StorePart;
import org.ambientvcp.scheduler.cell.CellSnapshot;
import org.ambientvcp.scheduler.cell.StoreChange;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;

/// A cell's state in Kafka Streams: the parts of one store.
final class CellStores {
    private final StorePart<CellNode> nodes;
    private final StorePart<CellTask> tasks;
    private final StorePart<FinishedTask> finished;
    private final StorePart<TenantTurn> turns;
    private final StorePart<CellMeta> meta;
    private final StorePart<NodeHome> departed;

    CellStores(ProcessingContext context) {
        KeyValueStore<String, byte[]> state = context.getStateStore(CellTopology.STATE);
        nodes = new StorePart<>(state, "nodes", CellNode.class);
        tasks = new StorePart<>(state, "tasks", CellTask.class);
        finished = new StorePart<>(state, "finished", FinishedTask.class);
        turns = new StorePart<>(state, "turns", TenantTurn.class);
        meta = new StorePart<>(state, "meta", CellMeta.class);
        departed = new StorePart<>(state, "departed", NodeHome.class);
    }

    /// All of it.
    CellSnapshot snapshot() {
        return new CellSnapshot(
                meta.get(StoreChange.META_KEY),
                values(nodes),
                values(tasks),
                values(finished),
                values(turns),
                values(departed));
    }

    void apply(StoreChange change) {
        switch (change.store()) {
            case NODES -> put(nodes, CellNode.class, change);
            case TASKS -> put(tasks, CellTask.class, change);
            case FINISHED -> put(finished, FinishedTask.class, change);
            case TURNS -> put(turns, TenantTurn.class, change);
            case META -> put(meta, CellMeta.class, change);
            case DEPARTED -> put(departed, NodeHome.class, change);
        }
    }

    private static <V extends SpecificRecord> void put(StorePart<V> part, Class<V> type, StoreChange change) {
        if (change.value() == null) part.delete(change.key());
        else part.put(change.key(), type.cast(change.value()));
    }

    private static <V extends SpecificRecord> List<V> values(StorePart<V> part) {
        var values = new ArrayList<V>();
        part.forEach((_, value) -> values.add(value));
        return values;
    }
}
