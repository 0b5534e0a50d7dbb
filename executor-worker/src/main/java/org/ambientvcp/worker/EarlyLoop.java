package org.ambientvcp.worker;

import com.codahale.metrics.MetricRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads assignments before they are committed and starts their work. Its thread owns the consumer, which reads from
/// the end of the log at the node's start on and commits nothing.
///
/// Nothing depends on it: whatever it leaves out, because it is slow or a record cannot be read, [AssignmentLoop]
/// meets when it is committed. It acts on EXECUTE only; to show a result or to stop waits for the commit. See
/// docs/scheduling.md for why a result of uncommitted work does no harm.
final class EarlyLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EarlyLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final long PAUSE_MILLIS = 500;

    private final String nodeId;
    private final long skewMillis;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroSerde<Assignment> serde;
    private final EarlyStarts starts;
    private final Workplace workplace;
    private final InstantSource clock;
    private final MetricRegistry metrics;
    private volatile boolean closed;

    EarlyLoop(
            String nodeId,
            long skewMillis,
            KafkaConsumer<byte[], byte[]> consumer,
            AvroSerde<Assignment> serde,
            EarlyStarts starts,
            Workplace workplace,
            InstantSource clock,
            MetricRegistry metrics) {
        this.nodeId = nodeId;
        this.skewMillis = skewMillis;
        this.consumer = consumer;
        this.serde = serde;
        this.starts = starts;
        this.workplace = workplace;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public void run() {
        try {
            while (!closed) takeAll();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    /// Makes `run` close the consumer and return soon; from any thread.
    void stop() {
        closed = true;
    }

    private void takeAll() throws InterruptedException {
        try {
            for (var record : consumer.poll(POLL)) if (AssignmentCheck.isFor(nodeId, record)) take(record);
        } catch (KafkaException away) { // also a registry that does not answer
            LOG.atWarn().addKeyValue("cause", away.toString()).log("uncommitted assignments cannot be read");
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Assignment assignment;
        try {
            assignment = serde.deserialize(record.topic(), record.value());
        } catch (MalformedEventException malformed) { // a dead letter, if it is committed
            return;
        }
        if (AssignmentCheck.problem(nodeId, assignment, record.partition()) != null
                || assignment.getKind() != AssignmentKind.EXECUTE) return;
        var lease = new Lease(assignment, EventHeaders.get(record.headers(), EventHeaders.TRACEPARENT));
        if (lease.isOver(clock.millis(), skewMillis) || !starts.begin(lease, record.offset())) return;
        metrics.counter("assignment.early").inc();
        workplace.accept(lease);
    }
}
