package org.ambientvcp.audit.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.ambientvcp.events.CellMeta;
import org.ambientvcp.events.CellNode;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.CellTask;
import org.ambientvcp.events.FinishedTask;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.TenantTurn;
import org.ambientvcp.scheduler.cell.CellSnapshot;
import org.ambientvcp.scheduler.cell.StoreChange;
import org.ambientvcp.schemas.SingleObject;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// What a cell's stores hold, for a checkpoint. One thread.
final class CellMemory {
    private record Place(StoreChange.Store store, String key) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byStore = store.compareTo(other.store);
            return byStore != 0 ? byStore : key.compareTo(other.key);
        }
    }

    private static final String SUMMARIES = "SUMMARIES";

    private final TreeMap<Place, SpecificRecord> stored = new TreeMap<>();
    private final List<CellSummary> told = new ArrayList<>();

    CellMemory(Checkpoint.@Nullable State start) {
        if (start == null) return;
        for (var item : start.items()) {
            if (item.store().equals(SUMMARIES)) {
                told.add(SingleObject.decode(CellSummary.class, item.value()));
                continue;
            }
            var store = StoreChange.Store.valueOf(item.store());
            stored.put(new Place(store, item.key()), SingleObject.decode(type(store), item.value()));
        }
    }

    private static Class<? extends SpecificRecord> type(StoreChange.Store store) {
        return switch (store) {
            case NODES -> CellNode.class;
            case TASKS -> CellTask.class;
            case FINISHED -> FinishedTask.class;
            case TURNS -> TenantTurn.class;
            case META -> CellMeta.class;
            case DEPARTED -> NodeHome.class;
        };
    }

    void apply(List<StoreChange> changes) {
        for (var change : changes) {
            var place = new Place(change.store(), change.key());
            if (change.value() == null) stored.remove(place);
            else stored.put(place, change.value());
        }
    }

    CellSnapshot snapshot() {
        var meta = all(StoreChange.Store.META, CellMeta.class);
        return new CellSnapshot(
                meta.isEmpty() ? null : meta.getFirst(),
                all(StoreChange.Store.NODES, CellNode.class),
                all(StoreChange.Store.TASKS, CellTask.class),
                all(StoreChange.Store.FINISHED, FinishedTask.class),
                all(StoreChange.Store.TURNS, TenantTurn.class),
                all(StoreChange.Store.DEPARTED, NodeHome.class));
    }

    private <T> List<T> all(StoreChange.Store store, Class<T> type) {
        return stored.entrySet().stream()
                .filter(entry -> entry.getKey().store() == store)
                .map(entry -> type.cast(entry.getValue()))
                .toList();
    }

    /// Summaries that were written before the checkpoint, by version.
    List<CellSummary> told() {
        return told.stream()
                .sorted(Comparator.comparingLong(CellSummary::getVersion))
                .toList();
    }

    Checkpoint.State state(long nextOffset, Collection<CellSummary> lastTold) {
        var items = new ArrayList<Checkpoint.Item>();
        stored.forEach((place, value) ->
                items.add(new Checkpoint.Item(place.store().name(), place.key(), SingleObject.encode(value))));
        for (var summary : lastTold)
            items.add(new Checkpoint.Item(
                    SUMMARIES, "%020d".formatted(summary.getVersion()), SingleObject.encode(summary)));
        return new Checkpoint.State(nextOffset, items);
    }
}
