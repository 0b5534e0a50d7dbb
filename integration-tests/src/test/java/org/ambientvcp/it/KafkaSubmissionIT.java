package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TransferKind;
import org.ambientvcp.it.SharedCluster.Running;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Tasks by a plain Kafka producer, without any code of ours but the serializer.
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaSubmissionIT {
    private static final String TENANT = "kafka-user";

    private final Client client;
    private final KafkaSide kafka;
    private final KafkaProducer<String, Task> producer;

    KafkaSubmissionIT(Running cluster) {
        client = cluster.client();
        kafka = cluster.kafka();
        var connection = kafka.connection();
        producer = new KafkaProducer<>(
                new HashMap<>(connection.clientProperties()),
                new StringSerializer(),
                AvroSerde.of(Topics.TASKS, connection.registry()));
    }

    @BeforeAll
    void fund() throws Exception {
        kafka.grant("funds-of-" + TENANT, "tenant:" + TENANT, 1_000_000);
    }

    @AfterAll
    void close() {
        producer.close();
    }

    @Test
    void taskFromAPlainProducerIsRunAndPaid() throws Exception {
        send(KafkaTasks.primes("kafka-plain", TENANT, client.module("primes/primes.wasm"))
                .build());

        var status = client.awaitEnd("kafka-plain");

        assertThat(status.path("state").asText()).isEqualTo("ACCEPTED");
        assertThat(status.path("result").path("values").path(0).asText()).isEqualTo("i32:168");
        assertThat(Books.settled(kafka, "kafka-plain").paid("kafka-plain")).isEqualTo(1_000);
    }

    @Test
    void repeatedTaskIsTheSameTask() throws Exception {
        var task = KafkaTasks.primes("kafka-twice", TENANT, client.module("primes/primes.wasm"))
                .build();
        send(task);
        client.awaitEnd("kafka-twice");

        send(task);
        send(KafkaTasks.primes("kafka-after-twice", TENANT, client.module("primes/primes.wasm"))
                .build());

        // same tenant, so same partition: when the later one is through, the repeated one has been dealt with
        client.awaitEnd("kafka-after-twice");
        var books = Books.settled(kafka, "kafka-twice");
        assertThat(books.of("kafka-twice", TransferKind.HOLD)).hasSize(2);
        assertThat(books.of("kafka-twice", TransferKind.PAY)).hasSize(2);
        assertThat(client.status("kafka-twice").path("state").asText()).isEqualTo("ACCEPTED");
    }

    @Test
    void otherWorkUnderAKnownIdIsADeadLetter() throws Exception {
        var first = KafkaTasks.primes("kafka-other", TENANT, client.module("primes/primes.wasm"));
        send(first.build());
        client.awaitEnd("kafka-other");

        send(first.setRewardMicros(2_000).build());

        var letter = kafka.await(
                Topics.DEAD_LETTERS,
                "a conflict",
                event -> event.value().getReason().contains("kafka-other"));
        assertThat(letter.value().getCode()).isEqualTo("conflicting-task");
        assertThat(Books.settled(kafka, "kafka-other").paid("kafka-other")).isEqualTo(1_000);
    }

    @Test
    void unknownModuleFailsAndIsRefunded() throws Exception {
        send(KafkaTasks.primes("kafka-no-module", TENANT, "ab".repeat(32))
                .setRequirements(Requirements.newBuilder().build())
                .build());

        assertFailedAndRefunded("kafka-no-module");
    }

    /// Two nodes are in the region, three attempts are allowed.
    @Test
    void taskThatEveryNodeHasFailedEnds() throws Exception {
        send(KafkaTasks.primes("kafka-two-nodes", TENANT, "cd".repeat(32)).build());

        assertFailedAndRefunded("kafka-two-nodes");
    }

    @Test
    void inputOverTheInlineLimitIsRejectedByName() throws Exception {
        send(KafkaTasks.primes("kafka-oversized", TENANT, client.module("primes/primes.wasm"))
                .setInput(new InlineBytes(ByteBuffer.allocate(300 * 1024)))
                .build());

        var status = client.awaitEnd("kafka-oversized");

        assertThat(status.path("state").asText()).isEqualTo("REJECTED");
        assertThat(status.path("reason").asText()).contains("input is 307200 bytes inline", "over 262144");
        assertThat(Books.read(kafka).of("kafka-oversized")).isEmpty();
    }

    @Test
    void everyWrongFieldIsNamed() throws Exception {
        send(KafkaTasks.primes("kafka-wrong", TENANT, "not-a-hash")
                .setPriority(9)
                .setMaxAttempts(0)
                .setRewardMicros(-1)
                .build());

        var status = client.awaitEnd("kafka-wrong");

        assertThat(status.path("state").asText()).isEqualTo("REJECTED");
        assertThat(status.path("reason").asText())
                .contains("moduleSha256", "priority is not 0–4: 9", "maxAttempts", "rewardMicros");
    }

    @Test
    void taskUnderAnotherKeyIsADeadLetter() throws Exception {
        var task = KafkaTasks.primes("kafka-key", TENANT, client.module("primes/primes.wasm"))
                .build();

        var sent = kafka.send(Topics.TASKS, "another-key", task);

        var letter = kafka.deadLetter(sent);
        assertThat(letter.getCode()).isEqualTo("wrong-key");
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(kafka.bytes(Topics.TASKS, task)));
    }

    private void assertFailedAndRefunded(String taskId) throws Exception {
        var status = client.awaitEnd(taskId);
        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("FAILED");
        assertThat(status.path("history").toString()).contains("could not run it");
        var books = Books.settled(kafka, taskId);
        assertThat(books.paid(taskId)).isZero();
        assertThat(books.refunded(taskId)).isEqualTo(1_000);
    }

    private void send(Task task) throws Exception {
        producer.send(new ProducerRecord<>(Topics.TASKS.name(), task.getTaskId(), task))
                .get();
    }
}
