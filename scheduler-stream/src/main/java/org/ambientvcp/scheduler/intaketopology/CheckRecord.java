package org.ambientvcp.scheduler.intaketopology;

import com.codahale.metrics.MetricRegistry;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.scheduler.SourceRecord;
import org.ambientvcp.scheduler.ToCell;
import org.ambientvcp.scheduler.intake.Decision;
import org.ambientvcp.schemas.DeadLetters;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decodes a record, asks the rule, and sends what it decides. A registry that does not answer is no fault of
/// the record: the exception stops the thread, and the record is read again.
final class CheckRecord<V extends SpecificRecord> implements Processor<byte[], byte[], String, Object> {
    /// What becomes of a record.
    interface Rule<V> {
        Decision decide(@Nullable String key, V value, long atEpochMillis);
    }

    private static final Logger LOG = LoggerFactory.getLogger(CheckRecord.class);
    private static final String SERVICE = "scheduler-stream";

    private final AvroSerde<V> serde;
    private final Rule<V> rule;
    private final MetricRegistry metrics;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before process
    private ProcessorContext<String, Object> context;

    CheckRecord(AvroSerde<V> serde, Rule<V> rule, MetricRegistry metrics) {
        this.serde = serde;
        this.rule = rule;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var source = SourceRecord.of(context, record);
        switch (decide(source)) {
            case Decision.Admit(var owner, var command, var traceparent) -> {
                count("admit");
                send(IntakeTopology.TO_LEDGER, owner, command, source, traceparent);
            }
            case Decision.Forward(var cell, var taskId, var command) -> {
                count("forwarded");
                send(IntakeTopology.TO_CELLS, taskId, new ToCell(cell, command), source, null);
            }
            case Decision.Rejected(var status) -> {
                count("rejected");
                LOG.atInfo()
                        .addKeyValue("taskId", status.getTaskId())
                        .addKeyValue("reason", status.getReason())
                        .log("task rejected");
                send(
                        IntakeTopology.TO_STATUS,
                        Topics.taskStatusKey(status.getTenant(), status.getTaskId()),
                        status,
                        source,
                        null);
            }
            case Decision.Refused(var refusal) -> {
                count("dead-letters." + refusal.code());
                var letter = source.refuse(refusal, SERVICE);
                LOG.atWarn()
                        .addKeyValue("origin", DeadLetters.key(letter))
                        .addKeyValue("code", refusal.code())
                        .addKeyValue("reason", refusal.reason())
                        .log("record refused");
                send(IntakeTopology.TO_DEAD_LETTERS, DeadLetters.key(letter), letter, source, null);
            }
        }
    }

    private Decision decide(SourceRecord source) {
        var value = source.value();
        if (value == null) return new Decision.Refused(new Refusal("undecodable", "the record has no value"));
        V event;
        try {
            event = serde.deserialize(source.topic(), value);
        } catch (MalformedEventException malformed) {
            return new Decision.Refused(new Refusal("undecodable", String.valueOf(malformed.getMessage())));
        }
        return rule.decide(source.key(), event, source.timestampEpochMillis());
    }

    private void send(String sink, String key, Object value, SourceRecord source, @Nullable String traceparent) {
        context.forward(new Record<>(key, value, source.timestampEpochMillis(), source.trace(traceparent)), sink);
    }

    private void count(String what) {
        metrics.counter("scheduler.intake." + what).inc();
    }
}
