package org.ambientvcp.verifier;

import com.codahale.metrics.MetricRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.runner.TaskRunner;
import org.ambientvcp.schemas.DeadLetters;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.RegistryException;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.EventProducer;
import org.ambientvcp.verifier.rules.Judgement;
import org.ambientvcp.verifier.rules.Judgement.Decided;
import org.ambientvcp.verifier.rules.Judgement.Deferred;
import org.ambientvcp.verifier.rules.Judgement.Unusable;
import org.ambientvcp.verifier.rules.Verification;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges one job and publishes the verdict. Thread-safe; an interrupt of the calling thread ends it soon.
final class JudgeJob {
    private static final Logger LOG = LoggerFactory.getLogger(JudgeJob.class);
    private static final Duration SEND = Duration.ofSeconds(30);
    private static final int LONGEST_WALL_MILLIS = 3_600_000;
    private static final int MOST_DOUBLINGS = 5;

    private final VerifierConfig config;
    private final Identity identity;
    private final BlobStore blobs;
    private final TaskRunner runner;
    private final AvroSerde<VerificationJob> serde;
    private final EventProducer producer;
    private final InstantSource clock;
    private final MetricRegistry metrics;

    JudgeJob(
            VerifierConfig config,
            Identity identity,
            BlobStore blobs,
            TaskRunner runner,
            AvroSerde<VerificationJob> serde,
            EventProducer producer,
            InstantSource clock,
            MetricRegistry metrics) {
        this.config = config;
        this.identity = identity;
        this.blobs = blobs;
        this.runner = runner;
        this.serde = serde;
        this.producer = producer;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// What the queue should do with the record: ACCEPT once the brokers have the verdict, REJECT once they have the
    /// dead letter, RELEASE if somebody should try again.
    AcknowledgeType judge(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        try (var _ = metrics.timer("job").time()) {
            var job = serde.deserialize(record.topic(), record.value());
            if (job == null) return refuse(record, "out-of-range", "value is null, expected a verification job");
            var judgement = Verification.check(job, new StoredOutputs(blobs), task -> runner.run(withMoreTime(task)));
            if (Thread.interrupted()) throw new InterruptedException("the run was ended from outside");
            return act(record, job, judgement);
        } catch (RegistryException away) {
            return release(record, String.valueOf(away.getMessage()));
        } catch (MalformedEventException malformed) {
            return refuse(record, "undecodable", String.valueOf(malformed.getMessage()));
        }
    }

    private AcknowledgeType act(ConsumerRecord<byte[], byte[]> record, VerificationJob job, Judgement judgement)
            throws InterruptedException {
        return switch (judgement) {
            case Decided decided -> publish(record, job, decided);
            case Unusable(String reason) -> refuse(record, "out-of-range", reason);
            case Deferred(String reason) -> {
                if (deliveries(record) < config.mostDeliveries()) yield release(record, reason);
                yield publish(record, job, givenUp(reason));
            }
        };
    }

    private Decided givenUp(String reason) {
        return new Decided(
                VerdictOutcome.INCONCLUSIVE,
                "could not be judged in " + config.mostDeliveries() + " tries: " + reason,
                List.of(),
                "",
                false);
    }

    private AcknowledgeType publish(ConsumerRecord<byte[], byte[]> record, VerificationJob job, Decided decided)
            throws InterruptedException {
        var verdict = new Verdict(
                job.getCell(),
                job.getTaskId(),
                job.getAttempt(),
                identity.id(),
                job.getLevel(),
                decided.outcome(),
                decided.reason(),
                decided.findings(),
                decided.resultDigest(),
                decided.reexecuted(),
                clock.millis());
        LOG.atInfo()
                .addKeyValue("taskId", job.getTaskId())
                .addKeyValue("attempt", job.getAttempt())
                .addKeyValue("outcome", decided.outcome())
                .addKeyValue("reason", decided.reason())
                .log("verdict");
        metrics.counter("verdict." + decided.outcome().name().toLowerCase(Locale.ROOT))
                .inc();
        if (decided.reexecuted()) metrics.counter("verdict.reexecuted").inc();
        var sent = producer.send(
                Topics.VERDICTS,
                null,
                job.getTaskId(),
                identity.sign(Domain.VERDICT, verdict),
                EventHeaders.get(record.headers(), EventHeaders.TRACEPARENT));
        return arrived(sent) ? AcknowledgeType.ACCEPT : release(record, "the verdict could not be sent");
    }

    private AcknowledgeType refuse(ConsumerRecord<byte[], byte[]> record, String code, String reason)
            throws InterruptedException {
        LOG.atWarn()
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", reason)
                .log("verification job cannot be used");
        metrics.counter("job.dead-letter").inc();
        var sent = producer.send(DeadLetters.of(record, code, reason, Verifier.NAME));
        return arrived(sent) ? AcknowledgeType.REJECT : release(record, "the dead letter could not be sent");
    }

    /// Waits, so that a store that is away is not asked without a pause, then hands the job back.
    private AcknowledgeType release(ConsumerRecord<byte[], byte[]> record, String reason) throws InterruptedException {
        LOG.atWarn()
                .addKeyValue("offset", record.offset())
                .addKeyValue("delivery", deliveries(record))
                .addKeyValue("reason", reason)
                .log("verification job handed back");
        metrics.counter("job.released").inc();
        Thread.sleep(config.backoff().multipliedBy(1L << Math.min(deliveries(record) - 1, MOST_DOUBLINGS)));
        return AcknowledgeType.RELEASE;
    }

    private static boolean arrived(CompletableFuture<?> sent) throws InterruptedException {
        try {
            sent.get(SEND.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException failed) {
            LOG.atWarn().addKeyValue("cause", failed.toString()).log("event could not be sent");
            return false;
        }
    }

    /// A verifier may be slower than the node was; time is no part of the result.
    private Task withMoreTime(Task task) {
        var limits = task.getLimits();
        var wall = Math.min(LONGEST_WALL_MILLIS, (long) limits.getWallMillis() * config.wallFactor());
        return Task.newBuilder(task)
                .setLimits(Limits.newBuilder(limits).setWallMillis((int) wall).build())
                .build();
    }

    private static int deliveries(ConsumerRecord<byte[], byte[]> record) {
        return Math.max(1, record.deliveryCount().orElse((short) 1));
    }
}
