package org.ambientvcp.verifier;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ambientvcp.schemas.Topics;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes one job at a time from the share group, has it judged by a worker thread and keeps its lock alive
/// meanwhile. Its thread owns the consumer.
///
/// Delivery: at least once. A job is acknowledged after its verdict is in the log; if this process dies before
/// that, the lock ends and another verifier gets the job.
final class VerifierLane implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(VerifierLane.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RENEWAL = Duration.ofSeconds(1);
    private static final Duration COMMIT = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final long LOOK_MILLIS = 50;

    private final KafkaShareConsumer<byte[], byte[]> consumer;
    private final JudgeJob judge;
    private final ExecutorService worker;
    private final long renewEveryNanos;
    private volatile boolean closed;

    /// @param lock how long a job is ours without renewal
    VerifierLane(KafkaShareConsumer<byte[], byte[]> consumer, JudgeJob judge, ExecutorService worker, Duration lock) {
        this.consumer = consumer;
        this.judge = judge;
        this.worker = worker;
        renewEveryNanos = lock.dividedBy(3).toNanos();
    }

    @Override
    public void run() {
        try {
            consumer.subscribe(List.of(Topics.VERIFICATIONS.name()));
            while (!closed) {
                for (var record : consumer.poll(POLL)) handle(record);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.atError().setCause(failure).log("a verifier lane has failed");
        } finally {
            consumer.close(CLOSE);
        }
    }

    /// Makes `run` hand back what it has and return soon; from any thread.
    void stop() {
        closed = true;
    }

    private void handle(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        var judging = worker.submit(() -> judge.judge(record));
        var held = Optional.of(record);
        var renewAt = System.nanoTime() + renewEveryNanos;
        while (!judging.isDone() && !closed) {
            await(judging);
            if (System.nanoTime() < renewAt || judging.isDone()) continue;
            held = renew(held.get());
            if (held.isEmpty()) {
                LOG.atWarn()
                        .addKeyValue("offset", record.offset())
                        .log("the lock is lost, another verifier has the job");
                judging.cancel(true);
                return;
            }
            renewAt = System.nanoTime() + renewEveryNanos;
        }
        consumer.acknowledge(held.get(), outcome(judging));
        consumer.commitSync(COMMIT);
    }

    /// Extends the lock. Kafka gives a renewed record out again by the next poll, and only that one can be
    /// acknowledged further (KIP-1222).
    private Optional<ConsumerRecord<byte[], byte[]>> renew(ConsumerRecord<byte[], byte[]> record) {
        consumer.acknowledge(record, AcknowledgeType.RENEW);
        consumer.commitSync(COMMIT);
        Optional<ConsumerRecord<byte[], byte[]>> renewed = Optional.empty();
        for (var polled : consumer.poll(RENEWAL)) {
            if (polled.offset() == record.offset() && polled.partition() == record.partition())
                renewed = Optional.of(polled);
            else consumer.acknowledge(polled, AcknowledgeType.RELEASE);
        }
        return renewed;
    }

    private static void await(Future<AcknowledgeType> judging) throws InterruptedException {
        try {
            judging.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException lookAgain) {
            // the loop asks isDone, and outcome() says what failed
        }
    }

    private static AcknowledgeType outcome(Future<AcknowledgeType> judging) throws InterruptedException {
        if (!judging.isDone()) {
            judging.cancel(true);
            return AcknowledgeType.RELEASE;
        }
        try {
            return judging.get();
        } catch (ExecutionException failed) {
            // a defect, not a judgement: somebody else may do better, and the delivery limit ends the tries
            LOG.atError().setCause(failed.getCause()).log("a job could not be judged");
            return AcknowledgeType.RELEASE;
        }
    }
}
