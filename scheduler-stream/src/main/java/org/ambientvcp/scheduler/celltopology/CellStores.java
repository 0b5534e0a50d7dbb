package org.ambientvcp.scheduler.celltopology;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.events.CellMeta;
import org.ambientvcp.events.CellNode;
import org.ambientvcp.events.CellTask;
import org.ambientvcp.events.FinishedTask;
import org.ambientvcp.events.TenantTurn;
import org.ambientvcp.scheduler.cell.CellSnapshot;
import org.ambientvcp.scheduler.cell.StoreChange;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;

/// A cell's state in Kafka Streams.
final class CellStores {
    private final KeyValueStore<String, CellNode> nodes;
    private final KeyValueStore<String, CellTask> tasks;
    private final KeyValueStore<String, FinishedTask> finished;
    private final KeyValueStore<String, TenantTurn> turns;
    private final KeyValueStore<String, CellMeta> meta;

    CellStores(ProcessingContext context) {
        nodes = context.getStateStore(CellTopology.NODES);
        tasks = context.getStateStore(CellTopology.TASKS);
        finished = context.getStateStore(CellTopology.FINISHED);
        turns = context.getStateStore(CellTopology.TURNS);
        meta = context.getStateStore(CellTopology.META);
    }

    /// All of it.
    CellSnapshot snapshot() {
        return new CellSnapshot(
                meta.get(StoreChange.META_KEY), values(nodes), values(tasks), values(finished), values(turns));
    }

    void apply(StoreChange change) {
        switch (change.store()) {
            case NODES -> put(nodes, CellNode.class, change);
            case TASKS -> put(tasks, CellTask.class, change);
            case FINISHED -> put(finished, FinishedTask.class, change);
            case TURNS -> put(turns, TenantTurn.class, change);
            case META -> put(meta, CellMeta.class, change);
        }
    }

    private static <V extends SpecificRecord> void put(
            KeyValueStore<String, V> store, Class<V> type, StoreChange change) {
        if (change.value() == null) store.delete(change.key());
        else store.put(change.key(), type.cast(change.value()));
    }

    private static <V> List<V> values(KeyValueStore<String, V> store) {
        var values = new ArrayList<V>();
        try (var all = store.all()) {
            all.forEachRemaining(entry -> values.add(entry.value));
        }
        return values;
    }
}
