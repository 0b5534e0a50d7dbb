package org.ambientvcp.embedded;

import static java.util.Objects.requireNonNull;
import static org.ambientvcp.embedded.KafkaFixture.createTopic;
import static org.ambientvcp.embedded.KafkaFixture.producer;
import static org.ambientvcp.embedded.KafkaFixture.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class EmbeddedBrokerIT {

    @TempDir
    Path data;

    @Test
    void keepsItsDataAndItsIdentityAcrossARestartOnAnotherPort() throws Exception {
        String clusterId;
        try (var broker = EmbeddedBroker.start(data, 0, Map.of())) {
            clusterId = broker.clusterId();
            createTopic(broker.bootstrapServers(), "letters");
            try (var producer = producer(broker.bootstrapServers(), Map.of())) {
                producer.send(new ProducerRecord<>("letters", "a")).get();
            }
            assertThat(valuesOf(broker.bootstrapServers(), "letters")).containsExactly("a");
        }

        try (var broker = EmbeddedBroker.start(data, 0, Map.of());
                var producer = producer(broker.bootstrapServers(), Map.of())) {
            producer.send(new ProducerRecord<>("letters", "b")).get();

            assertThat(broker.clusterId()).isEqualTo(clusterId);
            assertThat(valuesOf(broker.bootstrapServers(), "letters")).containsExactly("a", "b");
            assertThat(broker.fault()).isNull();
        }
    }

    @Test
    void takesRecordsOfOneMebibyte() throws Exception {
        try (var broker = EmbeddedBroker.start(data, 0, Map.of());
                var producer = producer(broker.bootstrapServers(), Map.of("max.request.size", 2 << 20))) {
            createTopic(broker.bootstrapServers(), "large");

            producer.send(new ProducerRecord<>("large", "x".repeat(1 << 20))).get();

            assertThat(valuesOf(broker.bootstrapServers(), "large"))
                    .singleElement()
                    .satisfies(value -> assertThat(value).hasSize(1 << 20));
        }
    }

    @Test
    void showsCommittedTransactionsAndHidesAbortedOnes() throws Exception {
        try (var broker = EmbeddedBroker.start(data, 0, Map.of());
                var producer = producer(broker.bootstrapServers(), Map.of("transactional.id", "writer"))) {
            createTopic(broker.bootstrapServers(), "sums");
            producer.initTransactions();

            producer.beginTransaction();
            producer.send(new ProducerRecord<>("sums", "aborted")).get();
            producer.abortTransaction();
            producer.beginTransaction();
            var _ = producer.send(new ProducerRecord<>("sums", "committed"));
            producer.commitTransaction();

            assertThat(valuesOf(broker.bootstrapServers(), "sums")).containsExactly("committed");
        }
    }

    @Test
    void deliversToAShareGroupAgainWhatWasReleasedOrWhoseLockRanOut() throws Exception {
        var shortLocks = Map.of("group.share.min.record.lock.duration.ms", "1000");
        try (var broker = EmbeddedBroker.start(data, 0, shortLocks);
                var producer = producer(broker.bootstrapServers(), Map.of())) {
            createTopic(broker.bootstrapServers(), "jobs");
            shareGroup(
                    broker,
                    "workers",
                    Map.of("share.auto.offset.reset", "earliest", "share.record.lock.duration.ms", "1000"));
            for (var job : List.of("accept", "release", "reject")) {
                producer.send(new ProducerRecord<>("jobs", job)).get();
            }

            var deliveries = new ArrayList<String>();
            try (var consumer = shareConsumer(broker)) {
                consumer.subscribe(List.of("jobs"));
                while (deliveries.size() < 4) {
                    for (var job : consumer.poll(Duration.ofMillis(200))) {
                        var count = job.deliveryCount().orElseThrow();
                        deliveries.add(job.value() + " " + count);
                        consumer.acknowledge(
                                job,
                                switch (job.value()) {
                                    case "reject" -> AcknowledgeType.REJECT;
                                    case "release" -> count == 1 ? AcknowledgeType.RELEASE : AcknowledgeType.ACCEPT;
                                    default -> AcknowledgeType.ACCEPT;
                                });
                        assertThat(consumer.commitSync().values()).allMatch(error -> error.isEmpty());
                    }
                }
            }
            assertThat(deliveries).containsExactlyInAnyOrder("accept 1", "release 1", "release 2", "reject 1");

            producer.send(new ProducerRecord<>("jobs", "abandoned")).get();
            try (var dead = shareConsumer(broker);
                    var alive = shareConsumer(broker)) {
                assertThat(next(dead)).isEqualTo("abandoned 1");
                // a lock can run out again before the record reaches the application
                assertThat(next(alive)).startsWith("abandoned ").isNotEqualTo("abandoned 1");
            }
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesAProcessThatIsKilled() throws Exception {
        var acknowledged = acknowledgedUntilKilled(DoomedWriter.class, 2_000);
        try (var broker = EmbeddedBroker.start(data, 0, Map.of())) {
            assertThat(valuesOf(broker.bootstrapServers(), DoomedWriter.TOPIC))
                    .startsWith(acknowledged.toArray(String[]::new));
        }
    }

    @Test
    void transactionsOfAProcessThatIsKilledEndInAllTheirPartitionsAlike() throws Exception {
        var acknowledged = acknowledgedUntilKilled(DoomedTransactions.class, 300);
        // looks at once for transactions whose time is over, while the broker is starting
        var eager = Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "20");
        try (var broker = EmbeddedBroker.start(data, 0, eager)) {
            awaitNoOpenTransaction(broker.bootstrapServers(), DoomedTransactions.TOPICS);
            var one = valuesOf(broker.bootstrapServers(), DoomedTransactions.TOPICS.getFirst());
            var other = valuesOf(broker.bootstrapServers(), DoomedTransactions.TOPICS.getLast());
            assertThat(one)
                    .doesNotHaveDuplicates()
                    .containsAll(acknowledged)
                    .containsExactlyInAnyOrderElementsOf(other);
        }
    }

    private List<String> acknowledgedUntilKilled(Class<?> program, int count) throws Exception {
        var writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = writer.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("writing");
            var acknowledged = new ArrayList<String>();
            for (var i = 0; i < count; i++) acknowledged.add(lines.readLine());
            assertLockedBy(writer.pid());
            return acknowledged;
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    /// Of topics with one partition.
    private static void awaitNoOpenTransaction(String bootstrapServers, List<String> topics) throws Exception {
        var ends = topics.stream()
                .collect(Collectors.toMap(topic -> new TopicPartition(topic, 0), topic -> OffsetSpec.latest()));
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            var deadline = System.nanoTime() + KafkaFixture.PATIENCE.toNanos();
            while (true) {
                var all = admin.listOffsets(ends).all().get();
                var stable = admin.listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all()
                        .get();
                if (all.keySet().stream()
                        .allMatch(
                                partition -> requireNonNull(all.get(partition)).offset()
                                        == requireNonNull(stable.get(partition)).offset())) return;
                if (System.nanoTime() > deadline) throw new AssertionError("ends " + all + ", stable " + stable);
                Thread.sleep(50);
            }
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(data, other.getLocalPort(), Map.of()))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("127.0.0.1:" + other.getLocalPort())
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("Address already in use");
        }

        EmbeddedBroker.start(data, 0, Map.of()).close(); // and the failure left nothing locked
    }

    @Test
    void refusesADirectoryThatAnotherBrokerOfThisProcessUses() {
        try (var first = EmbeddedBroker.start(data, 0, Map.of())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(data, 0, Map.of()))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(data + " is in use by this process");

            assertThat(first.fault()).isNull();
        }
    }

    @Test
    void startsWhereAFirstStartWasCutShortWhileFormatting() throws Exception {
        EmbeddedBroker.start(data, 0, Map.of()).close();
        Files.delete(data.resolve("meta.properties")); // it is written last

        try (var broker = EmbeddedBroker.start(data, 0, Map.of())) {
            createTopic(broker.bootstrapServers(), "letters");
        }
    }

    @Test
    void reportsAFatalFaultAndSparesTheJvm() throws Exception {
        var reported = new LinkedBlockingQueue<Throwable>();
        try (var broker = EmbeddedBroker.start(data.resolve("lost"), 0, Map.of(), reported::add);
                var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Files.move(data.resolve("lost"), data.resolve("gone")); // the disk goes away: no new log can be created
            var _ = admin.createTopics(List.of(new NewTopic("letters", 1, (short) 1)));

            var fault = reported.take();

            assertThat(broker.fault()).isSameAs(fault);
        }
    }

    @Test
    void keepsItsIdentityToItself() {
        for (var name : List.of("node.id", "log.dirs", "log.dir", "listeners")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EmbeddedBroker.start(data, 0, Map.of(name, "x")))
                    .withMessageContaining(name);
        }
    }

    @Test
    void saysWhichSettingKafkaRefuses() {
        assertThatThrownBy(() -> EmbeddedBroker.start(data, 0, Map.of("num.io.threads", "many")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("num.io.threads");

        EmbeddedBroker.start(data, 0, Map.of("num.io.threads", "2")).close(); // and the failure left nothing locked
    }

    private void assertLockedBy(long pid) {
        assertThatThrownBy(() -> EmbeddedBroker.start(data, 0, Map.of()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(data + " is in use by another vcp, process " + pid);
    }

    private static void shareGroup(EmbeddedBroker broker, String group, Map<String, String> settings) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            var changes = settings.entrySet().stream()
                    .map(e -> new AlterConfigOp(new ConfigEntry(e.getKey(), e.getValue()), AlterConfigOp.OpType.SET))
                    .toList();
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), changes))
                    .all()
                    .get();
        }
    }

    private static KafkaShareConsumer<String, String> shareConsumer(EmbeddedBroker broker) {
        return new KafkaShareConsumer<>(
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "group.id", "workers",
                        "share.acknowledgement.mode", "explicit",
                        "share.acquire.mode", "record_limit",
                        "max.poll.records", "1"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    /// The next record and how often it was delivered; it is not acknowledged.
    private static String next(KafkaShareConsumer<String, String> consumer) {
        consumer.subscribe(List.of("jobs"));
        while (true) {
            for (var job : consumer.poll(Duration.ofMillis(200))) {
                return job.value() + " " + job.deliveryCount().orElseThrow();
            }
        }
    }
}
