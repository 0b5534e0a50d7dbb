package org.ambientvcp.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ambientvcp.events.AccountBalance;
import org.ambientvcp.events.DeadLetter;
import org.ambientvcp.schemas.DeadLetters;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.TopicAdmin;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.RegistryClient;
import org.ambientvcp.schemas.registry.RegistryException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit starts the stack before each test
class EventProducerIT {
    private static final AccountBalance BALANCE = new AccountBalance("node:n1", 5L, 1L, null, null);
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @TempDir
    Path directory;

    private KafkaStack kafka;
    private EventProducer producer;

    @BeforeEach
    void start() throws Exception {
        kafka = new KafkaStack(directory);
        producer = new EventProducer(kafka.connection(), "tester");
    }

    @AfterEach
    void stop() {
        producer.close();
        kafka.close();
    }

    @Test
    void sendsEventsAndTombstonesWithTheirHeaders() throws Exception {
        producer.send(Topics.BALANCES, null, "node:n1", BALANCE, TRACE).get();
        producer.send(Topics.BALANCES, "node:n1", null).get();

        var records = kafka.read(Topics.BALANCES, 2);

        assertThat(new String(records.getFirst().key(), UTF_8)).isEqualTo("node:n1");
        assertThat(EventHeaders.get(records.getFirst().headers(), "traceparent"))
                .isEqualTo(TRACE);
        assertThat(EventHeaders.get(records.getFirst().headers(), "ce_source")).isEqualTo("tester");
        assertThat(records.getLast().value()).isNull();
        assertThat(EventHeaders.get(records.getLast().headers(), "ce_id")).startsWith("tombstone-");
        assertThat(producer.partitions(Topics.BALANCES)).isEqualTo(1);
        assertThat(producer.metrics()).isNotEmpty();
    }

    @Test
    void theLargestDeadLetterIsTakenByItsTopic() throws Exception {
        var huge = new byte[2 * TopicAdmin.MAX_RECORD_BYTES];
        new java.util.Random(1).nextBytes(huge); // does not compress

        var sent = producer.send(DeadLetters.of("vcp.tasks.v1", 0, 7, 0, huge, huge, "c", "r".repeat(9_999), "s"));

        assertThat(sent.get().serializedValueSize()).isGreaterThan(3 * 1024 * 1024);
        assertThat(new String(kafka.read(Topics.DEAD_LETTERS, 1).getFirst().key(), UTF_8))
                .isEqualTo("vcp.tasks.v1-0-7");
    }

    @Test
    void whatIsTooLargeFailsItsFuture() {
        var letter = new DeadLetter(
                "t", 0, 0L, 0L, null, ByteBuffer.allocate(TopicAdmin.MAX_RECORD_BYTES), "code", "reason", "service");

        assertThat(producer.send(letter))
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void aProducerThatIsClosedFailsTheFuture() {
        producer.close();

        assertThat(producer.send(Topics.BALANCES, "node:n1", BALANCE))
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRegistryThatIsAwayFailsTheFuture() {
        var away = new RegistryClient(URI.create("http://localhost:1"));
        try (var other = new EventProducer(new KafkaConnection(kafka.bootstrapServers(), Map.of(), away), "tester")) {
            assertThat(other.send(Topics.BALANCES, "node:n1", BALANCE))
                    .failsWithin(30, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withCauseInstanceOf(RegistryException.class);
        }
    }
}
