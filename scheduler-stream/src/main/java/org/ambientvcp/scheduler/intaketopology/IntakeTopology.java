package org.ambientvcp.scheduler.intaketopology;

import com.codahale.metrics.MetricRegistry;
import java.util.Set;
import org.ambientvcp.scheduler.SourceRecord;
import org.ambientvcp.scheduler.ToCell;
import org.ambientvcp.scheduler.intake.EvidenceIntake;
import org.ambientvcp.scheduler.intake.TaskIntake;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/// The border of the system: what comes from outside becomes a command or is refused with the reason.
///
/// ```text
/// tasks ──────▶ check-task ──────────┬▶ ledger-commands
/// commitments ▶ check-commitment ─┐  ├▶ task-status (REJECTED)
/// results ────▶ check-result ─────┼──┼▶ cell-commands, partition = cell
/// verdicts ───▶ check-verdict ────┘  └▶ dead-letters
/// ```
///
/// No state. At least once: what is repeated is known again by the ledger, (tenant, taskId), and by the cells,
/// (task, attempt, leaseEpoch). All inputs are read as bytes, so that a dead letter keeps exactly what came.
public final class IntakeTopology {
    static final String TO_LEDGER = "ledger-commands";
    static final String TO_CELLS = "cell-commands";
    static final String TO_STATUS = "task-status";
    static final String TO_DEAD_LETTERS = "dead-letters";

    private IntakeTopology() {}

    /// @param cells number of cells: partitions of the topic of cell commands
    /// @param trustedVerifiers node ids whose verdicts count
    /// @param metrics counts of `scheduler.intake.…` go there
    public static Topology build(
            SchemaRegistry registry, int cells, Set<String> trustedVerifiers, MetricRegistry metrics) {
        var evidence = new EvidenceIntake(cells, trustedVerifiers);
        var topology = new Topology();
        check(topology, "task", Topics.TASKS, registry, TaskIntake::decide, metrics);
        check(
                topology,
                "commitment",
                Topics.COMMITMENTS,
                registry,
                (key, signed, at) -> evidence.commitment(key, signed),
                metrics);
        check(topology, "result", Topics.RESULTS, registry, (key, signed, at) -> evidence.result(key, signed), metrics);
        check(
                topology,
                "verdict",
                Topics.VERDICTS,
                registry,
                (key, signed, at) -> evidence.verdict(key, signed),
                metrics);
        sink(topology, TO_LEDGER, Topics.LEDGER_COMMANDS, registry, "check-task");
        sink(topology, TO_STATUS, Topics.TASK_STATUS, registry, "check-task");
        topology.addSink(
                TO_CELLS,
                Topics.CELL_COMMANDS.name(),
                new StringSerializer(),
                ToCell.serializer(registry),
                ToCell.partitioner(),
                "check-commitment",
                "check-result",
                "check-verdict");
        sink(
                topology,
                TO_DEAD_LETTERS,
                Topics.DEAD_LETTERS,
                registry,
                "check-task",
                "check-commitment",
                "check-result",
                "check-verdict");
        return topology;
    }

    private static <V extends SpecificRecord> void check(
            Topology topology,
            String what,
            Topic<V> topic,
            SchemaRegistry registry,
            CheckRecord.Rule<V> rule,
            MetricRegistry metrics) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                what + "s",
                SourceRecord.timestamps(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topic.name());
        topology.addProcessor(
                "check-" + what, () -> new CheckRecord<>(AvroSerde.of(topic, registry), rule, metrics), what + "s");
    }

    private static <V extends SpecificRecord> void sink(
            Topology topology, String name, Topic<V> topic, SchemaRegistry registry, String... parents) {
        topology.addSink(name, topic.name(), new StringSerializer(), AvroSerde.of(topic, registry), parents);
    }
}
