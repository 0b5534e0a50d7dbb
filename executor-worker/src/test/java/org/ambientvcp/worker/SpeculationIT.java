package org.ambientvcp.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ambientvcp.worker.Fixtures.completed;
import static org.ambientvcp.worker.Fixtures.config;
import static org.ambientvcp.worker.Fixtures.execute;
import static org.ambientvcp.worker.Fixtures.lease;
import static org.ambientvcp.worker.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/// What becomes of work that was started from an assignment nobody had committed, when the transaction ends either way.
class SpeculationIT extends NodeScenario {
    private final Semaphore started = new Semaphore(0);
    private final Semaphore interrupted = new Semaphore(0);
    private final CountDownLatch finish = new CountDownLatch(1);

    @Test
    void workStartsBeforeTheCommitAndIsDoneOnce() throws Exception {
        var runs = new AtomicInteger();
        try (var node = node(assignment -> {
                    runs.incrementAndGet();
                    started.release();
                    return completed("early");
                });
                var cell = cell("commits")) {
            cell.beginTransaction();
            send(cell, assignment());
            started.acquire();
            var early = cluster.await(Topics.RESULTS, 1, this::ofTask);

            cell.commitTransaction();
            assign(execute(identity, task(taskId + "-last").build()).build());
            cluster.await(Topics.RESULTS, 1, event -> event.key().equals(taskId + "-last"));

            assertThat(early).hasSize(1);
            assertThat(cluster.all(Topics.RESULTS, this::ofTask)).hasSize(1);
            assertThat(runs).as("the task and the last one").hasValue(2);
            assertThat(node.metrics().counter("assignment.confirmed").getCount())
                    .isPositive();
        }
    }

    @Test
    void abortInterruptsTheWorkAndGivesTheSlotBack() throws Exception {
        try (var node = nodeWithOneSlot();
                var cell = cell("aborts")) {
            cell.beginTransaction();
            send(cell, assignment());
            started.acquire();

            cell.abortTransaction();
            interrupted.acquire();
            assign(execute(identity, task(taskId + "-next").build()).build());
            finish.countDown();

            cluster.await(Topics.RESULTS, 1, event -> event.key().equals(taskId + "-next"));
            assertThat(cluster.all(Topics.RESULTS, this::ofTask)).isEmpty();
            assertThat(node.metrics().counter("assignment.aborted").getCount()).isEqualTo(1);
        }
    }

    /// As it is after a crash of the cell: the same command is applied again and grants the same lease.
    @Test
    void sameLeaseIsWorkedOnWhenItIsGrantedAfterAnAbort() throws Exception {
        try (var _ = nodeWithOneSlot();
                var cell = cell("again")) {
            cell.beginTransaction();
            send(cell, assignment());
            started.acquire();
            cell.abortTransaction();
            interrupted.acquire();

            cell.beginTransaction();
            send(cell, assignment());
            started.acquire();
            finish.countDown();
            cell.commitTransaction();

            assertThat(result().getOutcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(cluster.all(Topics.RESULTS, this::ofTask)).hasSize(1);
        }
    }

    @Test
    void fencedCellGrantsNothing() throws Exception {
        try (var _ = nodeWithOneSlot();
                var zombie = cell("fenced")) {
            zombie.beginTransaction();
            send(zombie, assignment());
            started.acquire();

            try (var successor = cell("fenced")) { // ends what the other one had begun
                interrupted.acquire();
                assertThatThrownBy(zombie::commitTransaction)
                        .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);
                assertThat(cluster.all(Topics.RESULTS, this::ofTask)).isEmpty();

                successor.beginTransaction();
                send(successor, assignment());
                finish.countDown();
                successor.commitTransaction();
            }

            assertThat(result().getOutcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    /// The successor repeats the lease before the first transaction is aborted: then the work goes on.
    @Test
    void workGoesOnWhenTheLeaseIsRepeatedBeforeTheAbort() throws Exception {
        try (var node = nodeWithOneSlot();
                var first = cell("first");
                var second = cell("second")) {
            first.beginTransaction();
            send(first, assignment());
            started.acquire();
            second.beginTransaction();
            send(second, assignment());
            second.commitTransaction();
            first.abortTransaction();
            awaitCounter(node, "assignment.confirmed");
            finish.countDown();

            result();

            assertThat(interrupted.availablePermits()).isZero();
            assertThat(node.metrics().counter("assignment.early").getCount()).isEqualTo(1);
        }
    }

    @Test
    void resultIsShownOnlyWhenTheCommittedCellAsksForIt() throws Exception {
        try (var _ = node(assignment -> completed("secret"));
                var cell = cell("reveals")) {
            assign(execute(identity, task(taskId).build()).setCommitFirst(true).build());
            commitments(1);
            cell.beginTransaction();
            send(cell, lease(AssignmentKind.REVEAL, identity, taskId).build());
            cell.abortTransaction();
            assign(execute(identity, task(taskId + "-last").build()).build());
            cluster.await(Topics.RESULTS, 1, event -> event.key().equals(taskId + "-last"));
            assertThat(cluster.all(Topics.RESULTS, this::ofTask)).isEmpty();

            cell.beginTransaction();
            send(cell, lease(AssignmentKind.REVEAL, identity, taskId).build());
            cell.commitTransaction();

            assertThat(result().getOutcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    private Assignment assignment() {
        return execute(identity, task(taskId).build()).build();
    }

    /// Its runs wait for `finish`.
    private Node nodeWithOneSlot() throws Exception {
        return Node.start(
                cluster.connection,
                blobs,
                config(directory.resolve("node"), 1),
                identity,
                new NoSensors(),
                assignment -> {
                    started.release();
                    await(finish);
                    if (!Thread.currentThread().isInterrupted()) return completed("done");
                    interrupted.release();
                    return completed("given up");
                });
    }

    private static void awaitCounter(Node node, String name) throws InterruptedException {
        var end = System.nanoTime() + TestCluster.PATIENCE.toNanos();
        while (node.metrics().counter(name).getCount() == 0) {
            if (System.nanoTime() > end) throw new AssertionError(name + " is 0");
            Thread.sleep(10);
        }
    }

    private KafkaProducer<byte[], byte[]> cell(String transactionalId) {
        var properties = cluster.connection.producerProperties("cell");
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, taskId + "-" + transactionalId);
        var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private void send(KafkaProducer<byte[], byte[]> cell, Assignment assignment) throws Exception {
        var value = AvroSerde.of(Topics.ASSIGNMENTS, cluster.connection.registry())
                .serialize(Topics.ASSIGNMENTS.name(), assignment);
        cell.send(new ProducerRecord<>(
                        Topics.ASSIGNMENTS.name(), 0, identity.id().getBytes(UTF_8), value))
                .get();
    }
}
