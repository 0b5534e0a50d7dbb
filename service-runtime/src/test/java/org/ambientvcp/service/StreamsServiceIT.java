package org.ambientvcp.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.ambientvcp.events.AccountBalance;
import org.ambientvcp.events.LedgerEntry;
import org.ambientvcp.events.TransferKind;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit starts the stack before each test
class StreamsServiceIT {
    @TempDir
    Path directory;

    private KafkaStack kafka;

    @BeforeEach
    void start() throws Exception {
        kafka = new KafkaStack(directory.resolve("broker"));
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatCannotBeDecodedIsADeadLetterAndTheRestGoesOn(boolean exactlyOnce) throws Exception {
        kafka.sendRaw(Topics.BALANCES, "k".getBytes(UTF_8), "garbage".getBytes(UTF_8));
        send(new AccountBalance("node:n1", 5L, 1L, null, null));

        try (var service = start(entries(balance -> balance), exactlyOnce)) {
            var entry = kafka.read(Topics.LEDGER, 1).getFirst();
            var letter = kafka.read(Topics.DEAD_LETTERS, 1).getFirst();

            assertThat(decode(Topics.LEDGER, entry.value()).getAmountMicros()).isEqualTo(5);
            assertThat(new String(letter.key(), UTF_8)).isEqualTo("vcp.balances.v1-0-0");
            var dead = decode(Topics.DEAD_LETTERS, letter.value());
            assertThat(dead.getValue())
                    .isNotNull()
                    .satisfies(value -> assertThat(Bytes.of(value)).isEqualTo("garbage".getBytes(UTF_8)));
            assertThat(dead.getCode()).isEqualTo("undecodable");
            assertThat(dead.getReason())
                    .contains("expected the Confluent wire format")
                    .contains("0x67");
            assertThat(dead.getService()).isEqualTo("copier");
            for (var record : List.of(entry, letter)) {
                assertThat(EventHeaders.get(record.headers(), "ce_source")).isEqualTo("copier");
                assertThat(EventHeaders.get(record.headers(), "ce_type")).isEqualTo("org.ambientvcp." + record.topic());
            }
            assertThat(service.isReady()).isTrue();
            assertThat(service.kafkaMetrics()).isNotEmpty();
        }
    }

    @Test
    void aGlobalTablePassesOverWhatCannotBeDecoded() throws Exception {
        kafka.sendRaw(Topics.BALANCES, "k".getBytes(UTF_8), "garbage".getBytes(UTF_8));
        var builder = new StreamsBuilder();
        builder.globalTable(
                Topics.BALANCES.name(),
                Consumed.with(Serdes.String(), serde(Topics.BALANCES)),
                Materialized.as("balances"));
        builder.stream(Topics.LEDGER.name(), Consumed.with(Serdes.String(), serde(Topics.LEDGER)))
                .foreach((key, value) -> {});

        try (var service = start(builder.build(), false)) {
            KafkaStack.await(() -> service.isReady() || service.hasFailed());
            kafka.sendRaw(Topics.BALANCES, "k".getBytes(UTF_8), "more garbage".getBytes(UTF_8));
            send(new AccountBalance("node:n1", 5L, 1L, null, null));
            KafkaStack.await(() -> service.hasFailed() || globalRecords(service) >= 2);

            assertThat(service.hasFailed()).isFalse();
            assertThat(service.isReady()).isTrue();
        }
    }

    @Test
    void aThreadThatDiesIsReplaced() throws Exception {
        var failures = new AtomicInteger(2);
        send(new AccountBalance("node:n1", 5L, 1L, null, null));
        var topology = entries(balance -> {
            if (failures.getAndDecrement() > 0) throw new IllegalStateException("on purpose");
            return balance;
        });

        try (var service = start(topology, true)) {
            assertThat(kafka.read(Topics.LEDGER, 1)).hasSize(1);
            assertThat(service.hasFailed()).isFalse();
        }
    }

    @Test
    void aThreadThatAlwaysDiesFailsTheService() throws Exception {
        send(new AccountBalance("node:n1", 5L, 1L, null, null));
        var deaths = new AtomicInteger();
        var topology = entries(balance -> {
            deaths.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });

        try (var service = start(topology, false)) {
            KafkaStack.await(service::hasFailed);

            assertThat(deaths).hasValue(6);
            assertThat(service.isReady()).isFalse();
        }
    }

    @Test
    void itLeavesItsGroupWhenItIsClosed() throws Exception {
        var service = start(entries(balance -> balance), true);
        KafkaStack.await(service::isReady);
        try (var admin = kafka.connection().admin()) {
            assertThat(admin.describeConsumerGroups(List.of("vcp-test"))
                            .all()
                            .get()
                            .values())
                    .allSatisfy(group -> assertThat(group.members()).isNotEmpty());

            service.close();
            service.close();

            assertThat(admin.describeConsumerGroups(List.of("vcp-test"))
                            .all()
                            .get()
                            .values())
                    .allSatisfy(group -> assertThat(group.members()).isEmpty());
        }
        assertThat(service.hasFailed()).isFalse();
    }

    private StreamsService start(Topology topology, boolean exactlyOnce) {
        var options =
                new StreamsOptions("vcp-test", exactlyOnce, Duration.ofMillis(50), 1, directory.resolve("state"), 1, 0);
        return StreamsService.start("copier", topology, kafka.connection(), options, new MetricRegistry());
    }

    private Topology entries(UnaryOperator<AccountBalance> step) {
        var builder = new StreamsBuilder();
        builder.stream(Topics.BALANCES.name(), Consumed.with(Serdes.String(), serde(Topics.BALANCES)))
                .mapValues(
                        value -> {
                            var balance = step.apply(value);
                            return new LedgerEntry(
                                    "t1",
                                    balance.getAccount(),
                                    "mint",
                                    balance.getBalanceMicros(),
                                    TransferKind.GRANT,
                                    null,
                                    0,
                                    balance.getUpdatedAtEpochMillis());
                        },
                        Named.as("to-entry"))
                .to(Topics.LEDGER.name(), Produced.with(Serdes.String(), serde(Topics.LEDGER)));
        return builder.build();
    }

    private static double globalRecords(Service service) {
        return service.kafkaMetrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("records-consumed-total")
                        && metric.metricName()
                                .tags()
                                .getOrDefault("client-id", "")
                                .contains("global")
                        && !metric.metricName().tags().containsKey("topic"))
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
                .sum();
    }

    private void send(AccountBalance balance) throws Exception {
        try (var producer = new EventProducer(kafka.connection(), "test")) {
            producer.send(Topics.BALANCES, balance.getAccount(), balance).get();
        }
    }

    private <V extends SpecificRecord> AvroSerde<V> serde(Topic<V> topic) {
        return AvroSerde.of(topic, kafka.connection().registry());
    }

    private <V extends SpecificRecord> V decode(Topic<V> topic, byte[] value) {
        return serde(topic).deserialize(topic.name(), value);
    }
}
