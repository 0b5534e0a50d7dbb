package org.ambientvcp.scheduler.cell;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellMeta;
import org.ambientvcp.events.CellNode;
import org.ambientvcp.events.CellTask;
import org.ambientvcp.events.FinishedTask;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.TenantTurn;
import org.ambientvcp.schemas.SingleObject;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// A cell with its stores and its log, as the topology runs it but without Kafka: stored bytes, not objects.
final class CellRun {
    static final int CELL = 3;
    static final long START = 1_800_000_000_000L;

    /// One command of the log.
    record Logged(long offset, long timestamp, CellCommand command) {}

    final List<Logged> log = new ArrayList<>();
    final Map<StoreChange.Store, Map<String, byte[]>> stores = new EnumMap<>(StoreChange.Store.class);
    private final int number;
    private Cell cell;
    private long offset = -1;
    long now = START;

    CellRun() {
        this(CELL);
    }

    CellRun(int number) {
        this.number = number;
        cell = Cell.restore(number, CellSnapshot.EMPTY);
        for (var store : StoreChange.Store.values()) stores.put(store, new TreeMap<>());
    }

    /// Appends a command and applies it.
    Effects apply(SpecificRecord body) {
        return apply(new Logged(offset + 1, now, new CellCommand(body)));
    }

    Effects apply(Logged logged) {
        offset = logged.offset();
        log.add(logged);
        var effects = cell.apply(logged.offset(), logged.timestamp(), logged.command());
        for (var change : effects.changes()) {
            var store = store(change.store());
            if (change.value() == null) store.remove(change.key());
            else store.put(change.key(), SingleObject.encode(change.value()));
        }
        return effects;
    }

    /// Forgets everything but the stores.
    void restart() {
        cell = Cell.restore(number, snapshot());
    }

    Cell cell() {
        return cell;
    }

    CellSnapshot snapshot() {
        var meta = store(StoreChange.Store.META).get(StoreChange.META_KEY);
        return new CellSnapshot(
                meta == null ? null : SingleObject.decode(CellMeta.class, meta),
                all(StoreChange.Store.NODES, CellNode.class),
                all(StoreChange.Store.TASKS, CellTask.class),
                all(StoreChange.Store.FINISHED, FinishedTask.class),
                all(StoreChange.Store.TURNS, TenantTurn.class),
                all(StoreChange.Store.DEPARTED, NodeHome.class));
    }

    @Nullable
    CellTask task(String taskId) {
        var bytes = store(StoreChange.Store.TASKS).get(taskId);
        return bytes == null ? null : SingleObject.decode(CellTask.class, bytes);
    }

    CellNode node(String nodeId) {
        return SingleObject.decode(
                CellNode.class,
                Objects.requireNonNull(store(StoreChange.Store.NODES).get(nodeId), nodeId));
    }

    /// Nodes in the store, by id.
    List<CellNode> nodes() {
        return all(StoreChange.Store.NODES, CellNode.class);
    }

    private Map<String, byte[]> store(StoreChange.Store store) {
        return Objects.requireNonNull(stores.get(store));
    }

    private <V extends SpecificRecord> List<V> all(StoreChange.Store store, Class<V> type) {
        return store(store).values().stream()
                .map(bytes -> SingleObject.decode(type, bytes))
                .toList();
    }

    /// Every byte of the effects, in order.
    static byte[] bytes(Effects effects) {
        var out = new ByteArrayOutputStream();
        for (var outputs : List.of(
                effects.assignments(),
                effects.statuses(),
                effects.verifications(),
                effects.ledger(),
                effects.reputations(),
                effects.homes())) {
            out.writeBytes(number(outputs.size()));
            for (var output : outputs) {
                text(out, output.key());
                text(out, String.valueOf(output.traceparent()));
                blob(out, SingleObject.encode(output.value()));
            }
        }
        for (var command : effects.commands()) {
            out.writeBytes(number(command.cell()));
            text(out, command.key());
            blob(out, SingleObject.encode(command.command()));
        }
        for (var refusal : effects.refusals()) {
            text(out, refusal.code());
            text(out, refusal.reason());
        }
        out.writeBytes(number(effects.ignored()));
        for (var change : effects.changes()) {
            text(out, change.store().name());
            text(out, change.key());
            if (change.value() == null) out.writeBytes(number(-1));
            else blob(out, SingleObject.encode(change.value()));
        }
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        blob(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void blob(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(number(bytes.length));
        out.writeBytes(bytes);
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }
}
