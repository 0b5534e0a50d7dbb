package org.ambientvcp.worker;

import com.codahale.metrics.MetricRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.schemas.DeadLetters;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.RegistryException;
import org.ambientvcp.service.EventProducer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the node's partition of the assignments and hands on what is for this node. Its thread owns the
/// consumer and never waits for work.
///
/// Delivery: at least once. A record is finished when the brokers have the answer to it (or nobody waits for one any
/// more), and what is committed never passes an unfinished record, so a restart works on it again.
final class AssignmentLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(AssignmentLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LAST_COMMIT = Duration.ofSeconds(1);
    private static final long COMMIT_EVERY_NANOS = Duration.ofMillis(250).toNanos();
    private static final long REGISTRY_PAUSE_MILLIS = 500;

    private final String nodeId;
    private final long skewMillis;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final HomeFeed homes;
    private final AvroSerde<Assignment> serde;
    private final Leases leases;
    private final EarlyStarts earlyStarts;
    private final Offsets offsets;
    private final Workplace workplace;
    private final EventProducer producer;
    private final Outbox outbox;
    private final InstantSource clock;
    private final MetricRegistry metrics;
    private TopicPartition partition;
    private volatile boolean closed;
    private Offsets.Mark committed;
    private long committedAtNanos = System.nanoTime();

    AssignmentLoop(
            String nodeId,
            long skewMillis,
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            HomeFeed homes,
            AvroSerde<Assignment> serde,
            Leases leases,
            EarlyStarts earlyStarts,
            Offsets offsets,
            Workplace workplace,
            EventProducer producer,
            Outbox outbox,
            InstantSource clock,
            MetricRegistry metrics) {
        this.nodeId = nodeId;
        this.skewMillis = skewMillis;
        this.consumer = consumer;
        this.partition = partition;
        this.homes = homes;
        this.serde = serde;
        this.leases = leases;
        this.earlyStarts = earlyStarts;
        this.offsets = offsets;
        this.workplace = workplace;
        this.producer = producer;
        this.outbox = outbox;
        this.clock = clock;
        this.metrics = metrics;
        committed = offsets.mark();
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                takeAll();
                endWhatWasAborted();
                endWhatIsOver();
                commitIfDue();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /// Makes `run` return soon; from any thread.
    void stop() {
        closed = true;
    }

    /// Commits what has been finished in the meantime and closes the consumer; after `run` has returned.
    void close() {
        try {
            var mark = offsets.mark();
            if (!mark.equals(committed)) consumer.commitSync(Map.of(partition, position(mark)), LAST_COMMIT);
        } catch (KafkaException unreachable) {
            LOG.atWarn()
                    .addKeyValue("cause", unreachable.toString())
                    .log("the last position could not be committed; some work will be done again");
        } finally {
            consumer.close(CloseOptions.timeout(LAST_COMMIT));
        }
    }

    static OffsetAndMetadata position(Offsets.Mark mark) {
        return new OffsetAndMetadata(mark.offset(), mark.metadata());
    }

    private void takeAll() throws InterruptedException {
        var polled = consumer.poll(POLL);
        var home = homes.newest(polled.records(homes.partition()));
        if (home != null && home.getCell() != partition.partition()) {
            moveTo(home);
            return;
        }
        for (var record : polled.records(partition)) {
            try {
                if (AssignmentCheck.isFor(nodeId, record) && !offsets.isFinished(record.offset())) take(record);
                offsets.passed(record.offset());
            } catch (RegistryException away) {
                LOG.atWarn().addKeyValue("cause", away.getMessage()).log("assignment waits for the schema registry");
                consumer.seek(partition, record.offset());
                Thread.sleep(REGISTRY_PAUSE_MILLIS);
                return;
            }
        }
    }

    /// Reads the new cell's assignments from now on. The old cell let the node go when it held no lease there any more.
    private void moveTo(NodeHome home) {
        metrics.counter("node.moved").inc();
        LOG.atInfo()
                .addKeyValue("cell", partition.partition())
                .addKeyValue("toCell", home.getCell())
                .addKeyValue("requestedBy", home.getRequestedBy())
                .log("the node was moved to another cell");
        for (var lease : leases.all()) workplace.end(lease);
        partition = new TopicPartition(partition.topic(), home.getCell());
        consumer.assign(List.of(partition, homes.partition()));
        var start = StartPosition.find(consumer, partition, home, clock.millis());
        consumer.seek(partition, start.offset());
        offsets.startAt(start);
        committed = start;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            var assignment = serde.deserialize(record.topic(), record.value());
            offsets.begin(record.offset());
            var problem = AssignmentCheck.problem(nodeId, assignment, record.partition());
            if (problem == null) act(assignment, record);
            else refuse(record, "out-of-range", problem);
        } catch (MalformedEventException malformed) {
            offsets.begin(record.offset());
            refuse(record, "undecodable", String.valueOf(malformed.getMessage()));
        }
    }

    private void act(Assignment assignment, ConsumerRecord<byte[], byte[]> record) {
        metrics.counter("assignment." + assignment.getKind().name().toLowerCase(Locale.ROOT))
                .inc();
        var held = leases.find(Lease.Key.of(assignment));
        switch (assignment.getKind()) {
            case EXECUTE -> execute(assignment, record);
            case REVEAL -> {
                if (held == null) offsets.finish(record.offset());
                else workplace.publish(held, held.reveal(record.offset(), assignment.getLeaseExpiresAtEpochMillis()));
            }
            case REVOKE -> {
                if (held != null) workplace.end(held);
                offsets.finish(record.offset());
            }
        }
    }

    private void execute(Assignment assignment, ConsumerRecord<byte[], byte[]> record) {
        var lease =
                new Lease(assignment, EventHeaders.get(record.headers(), EventHeaders.TRACEPARENT), record.offset());
        if (earlyStarts.confirm(lease.key())) {
            metrics.counter("assignment.confirmed").inc();
            var begun = leases.find(lease.key());
            if (begun == null || !begun.confirm(record.offset())) offsets.finish(record.offset());
        } else if (lease.isOver(clock.millis(), skewMillis)) {
            metrics.counter("lease.over").inc();
            LOG.atInfo().addKeyValue("taskId", assignment.getTaskId()).log("the lease was over when it was read");
            offsets.finish(record.offset());
        } else if (leases.add(lease)) {
            workplace.accept(lease);
        } else {
            metrics.counter("assignment.repeated").inc();
            offsets.finish(record.offset());
        }
    }

    private void refuse(ConsumerRecord<byte[], byte[]> record, String code, String reason) {
        metrics.counter("assignment.dead-letter").inc();
        LOG.atWarn()
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", reason)
                .log("assignment cannot be used");
        var letter = DeadLetters.of(record, code, reason, Node.NAME);
        outbox.deliver(List.of(() -> producer.send(letter)), () -> true, () -> offsets.finish(record.offset()));
    }

    private void endWhatWasAborted() {
        for (var lease : earlyStarts.passed(consumer.position(partition))) {
            metrics.counter("assignment.aborted").inc();
            LOG.atInfo()
                    .addKeyValue("taskId", lease.assignment().getTaskId())
                    .log("the assignment was not committed, its work is given up");
            workplace.abandon(lease);
        }
    }

    private void endWhatIsOver() {
        var now = clock.millis();
        for (var lease : leases.all()) {
            if (!lease.isOver(now, skewMillis)) continue;
            metrics.counter("lease.over").inc();
            LOG.atWarn()
                    .addKeyValue("taskId", lease.assignment().getTaskId())
                    .addKeyValue("state", lease.state())
                    .log("the lease is over, its work is given up");
            workplace.end(lease);
        }
    }

    private void commitIfDue() {
        var now = System.nanoTime();
        if (now - committedAtNanos < COMMIT_EVERY_NANOS) return;
        committedAtNanos = now;
        var mark = offsets.mark();
        if (mark.equals(committed)) return;
        committed = mark;
        consumer.commitAsync(Map.of(partition, position(mark)), (_, failure) -> {
            if (failure != null)
                LOG.atWarn().addKeyValue("cause", failure.toString()).log("position could not be committed");
        });
    }
}
