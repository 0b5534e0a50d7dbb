package org.ambientvcp.scheduler.celltopology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.scheduler.StorePart;
import org.ambientvcp.scheduler.cell.CellSettings;
import org.ambientvcp.scheduler.cell.Samples;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A processor that starts on stores another one wrote, as after a crash.
class RunCellTest {
    private static final int PARTITION = 2;
    private static final long NOW = 1_800_000_000_000L;

    @TempDir
    Path directory;

    private final SchemaRegistry registry = SchemaRegistry.inMemory();
    private final MetricRegistry metrics = new MetricRegistry();
    private MockProcessorContext<String, Object> context;
    private RunCell cell;
    private long offset;

    @BeforeEach
    void start() {
        context = new MockProcessorContext<>(new Properties(), new TaskId(0, PARTITION), directory.toFile());
        var store = StorePart.store(CellTopology.STATE)
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        cell = cell();
    }

    @Test
    void aCellGoesOnFromItsStores() {
        process(Samples.offer(Samples.task("t1")));
        cell.close();
        cell = cell();
        process(Samples.node("n1").build());
        var lease = lease();
        assertThat(lease.getTaskId()).isEqualTo("t1");
        assertThat(lease.getCell()).as("its partition").isEqualTo(PARTITION);

        cell.close();
        cell = cell();
        process(Samples.returned(lease, "42"));

        assertThat(context.forwarded())
                .anyMatch(sent -> sent.childName().equals(Optional.of(CellTopology.TO_VERIFICATIONS)));
        assertThat(context.forwarded())
                .noneMatch(sent -> sent.childName().equals(Optional.of(CellTopology.TO_DEAD_LETTERS)));
    }

    /// What was done in a transaction that was aborted is done again, to the byte: so a node may start from it.
    @Test
    void aCommandAppliedAgainAfterAnAbortGrantsTheSameLease() {
        for (int node = 0; node < 5; node++) process(Samples.node("n" + node).build());
        var committed = entries();
        var place = offset;
        process(Samples.offer(Samples.task("t1")));
        process(Samples.offer(Samples.task("t2")));
        var aborted = assignments();
        assertThat(aborted).hasSize(2);

        restore(committed);
        offset = place;
        context.resetForwards();
        cell = cell();
        process(Samples.offer(Samples.task("t1")));
        process(Samples.offer(Samples.task("t2")));

        assertThat(assignments()).isEqualTo(aborted);
        process(Samples.returned(aborted.getFirst(), "42"));
        assertThat(context.forwarded())
                .as("a result that was sent before the commit counts after it")
                .anyMatch(sent -> sent.childName().equals(Optional.of(CellTopology.TO_VERIFICATIONS)));
    }

    private Map<String, byte[]> entries() {
        var entries = new HashMap<String, byte[]>();
        try (var all = state().all()) {
            all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
        }
        return entries;
    }

    private void restore(Map<String, byte[]> entries) {
        for (var key : entries().keySet()) state().delete(key);
        entries.forEach(state()::put);
    }

    private KeyValueStore<String, byte[]> state() {
        return context.getStateStore(CellTopology.STATE);
    }

    private List<Assignment> assignments() {
        return context.forwarded().stream()
                .map(sent -> sent.record().value())
                .filter(Assignment.class::isInstance)
                .map(Assignment.class::cast)
                .toList();
    }

    @Test
    void aRepeatedDeliveryHasNoEffect() {
        process(Samples.node("n1").build());
        process(Samples.offer(Samples.task("t1")));
        context.resetForwards();
        offset--;

        process(Samples.offer(Samples.task("t2")));

        assertThat(context.forwarded()).isEmpty();
    }

    @Test
    void gaugesFollowTheCellAndGoWithIt() {
        process(Samples.offer(Samples.task("t1")));
        assertThat(requireNonNull(metrics.getGauges().get("scheduler.cell.2.queued-tasks"))
                        .getValue())
                .isEqualTo(1);

        cell.close();

        assertThat(metrics.getGauges()).isEmpty();
    }

    private RunCell cell() {
        var started = new RunCell(registry, CellSettings.DEFAULT, metrics);
        started.init(context);
        return started;
    }

    private void process(SpecificRecord body) {
        context.setRecordMetadata(Topics.CELL_COMMANDS.name(), PARTITION, offset++);
        var value = AvroSerde.of(Topics.CELL_COMMANDS, registry)
                .serialize(Topics.CELL_COMMANDS.name(), new CellCommand(body));
        cell.process(new Record<>("key".getBytes(UTF_8), value, NOW));
    }

    private Assignment lease() {
        return assignments().getFirst();
    }
}
