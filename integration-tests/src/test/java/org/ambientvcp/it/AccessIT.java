package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.ambientvcp.audit.log.LogExport;
import org.ambientvcp.blob.DirectoryBlobStore;
import org.ambientvcp.gateway.Gateway;
import org.ambientvcp.gateway.GatewayConfig;
import org.ambientvcp.scheduler.Scheduler;
import org.ambientvcp.scheduler.SchedulerConfig;
import org.ambientvcp.schemas.BrokerAccess;
import org.ambientvcp.schemas.BrokerAccessAdmin;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Settings;
import org.ambientvcp.telemetry.TelemetryConfig;
import org.ambientvcp.telemetry.TelemetryIngest;
import org.ambientvcp.verifier.Verifier;
import org.ambientvcp.verifier.VerifierConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The users of [BrokerAccess]: what they may do is enough for the whole pipeline, and nothing else is allowed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessIT {
    private Path folder;
    private SecuredBroker brokers;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        folder = directory;
        brokers = SecuredBroker.start(folder.resolve("broker"));
    }

    @AfterAll
    void stop() {
        brokers.close();
    }

    @Test
    void whatEachServiceMayDoIsEnoughForATaskToBePaid() throws Exception {
        var identity = Identity.loadOrCreate(folder.resolve("verifier.key"), new SecureRandom());
        var blobs = new DirectoryBlobStore(folder.resolve("blobs"));
        var settings = new Settings(Map.of(
                "VCP_STATE_DIR",
                folder.resolve("state").toString(),
                "VCP_TRUSTED_VERIFIERS",
                identity.id(),
                "VCP_NODE_NAME",
                "verity",
                "VCP_OWNER",
                "operator",
                "VCP_DATA_DIR",
                folder.resolve("verifier").toString(),
                "VCP_GATEWAY_PORT",
                "0"));
        try (var operator = new KafkaSide(brokers.superUser());
                var worker = new KafkaSide(brokers.as("executor-worker"));
                var telemetry = TelemetryIngest.start(brokers.as("telemetry-ingest"), TelemetryConfig.from(settings));
                var scheduler = Scheduler.start(brokers.as("scheduler-stream"), SchedulerConfig.from(settings));
                var verifier =
                        Verifier.start(brokers.as("proof-verifier"), blobs, VerifierConfig.from(settings), identity);
                var gateway = Gateway.start(brokers.as("gateway"), blobs, GatewayConfig.from(settings));
                var node = ExtraNode.start(worker, folder, folder.resolve("node"), "honest", Map.of())) {
            operator.grant("funds-of-default", "tenant:default", 1_000_000);
            var client = new Client(gateway.url(), "");

            var status = client.run(
                    "primes/primes.wasm",
                    "entry: {function: 'count_primes', arguments: ['i32:1000']},"
                            + " verification: {level: 'SPOT_CHECK', spotCheckPpm: 1000000}, rewardMicros: 1000");

            assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("ACCEPTED");
            var taskId = status.path("taskId").asText();
            assertThat(Books.settled(operator, taskId).paid(taskId)).isEqualTo(1_000);
            // Those that serve pages read logs on demand.
            assertThat(client.gateway()
                            .get("/v1/ledger/entries?account=tenant:default")
                            .isMissingNode())
                    .isFalse();
            assertThat(LogExport.of(brokers.as("auditor"), Topics.all(), folder.resolve("export")))
                    .isPositive();
            assertThat(List.of(telemetry, scheduler, verifier, gateway, node))
                    .allSatisfy(service ->
                            assertThat(service.hasFailed()).as(service.name()).isFalse());
        }
    }

    @Test
    void aUserWritesToNoTopicThatIsNotInItsTable() throws Exception {
        for (var user : BrokerAccess.users()) {
            var properties = brokers.as(user).producerProperties(user);
            properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false); // else the first refusal ends it
            try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
                for (var topic : Topics.all())
                    if (!isGranted(user, topic, AclOperation.WRITE))
                        assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic.name(), 0, null, new byte[1]))
                                        .get())
                                .as(user + " writes to " + topic.name())
                                .hasRootCauseInstanceOf(TopicAuthorizationException.class);
            }
        }
    }

    @Test
    void aUserReadsNoTopicThatIsNotInItsTable() {
        for (var user : BrokerAccess.users())
            for (var topic : Topics.all())
                if (!isGranted(user, topic, AclOperation.READ))
                    assertThatThrownBy(() -> read(brokers.as(user), topic))
                            .as(user + " reads " + topic.name())
                            .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void nodesNeitherAssignWorkNorSeeTheBooks() {
        assertThat(isGranted("executor-worker", Topics.ASSIGNMENTS, AclOperation.WRITE))
                .isFalse();
        assertThat(isGranted("executor-worker", Topics.LEDGER_COMMANDS, AclOperation.READ))
                .isFalse();
        assertThat(isGranted("executor-worker", Topics.VERDICTS, AclOperation.WRITE))
                .isFalse();
        assertThat(writers(Topics.ASSIGNMENTS)).containsExactly("scheduler-stream");
        assertThat(writers(Topics.VERDICTS)).containsExactly("proof-verifier");
        assertThat(writers(Topics.LEDGER)).containsExactly("scheduler-stream");
        assertThat(writers(Topics.LEDGER_COMMANDS)).containsExactly("scheduler-stream", "gateway");
        assertThat(writers(Topics.RESULTS)).containsExactly("executor-worker");
    }

    @Test
    void nobodyOfTheTableMakesOtherTopicsOrGivesRights() throws Exception {
        var rights = new ArrayList<AclBinding>();
        try (var admin = brokers.superUser().admin()) {
            rights.addAll(admin.describeAcls(AclBindingFilter.ANY).values().get());
        }
        for (var user : BrokerAccess.users())
            try (var admin = brokers.as(user).admin()) {
                var other = List.of(new NewTopic("other-" + user, 1, (short) 1));
                assertThatThrownBy(() -> admin.createTopics(other).all().get())
                        .as(user)
                        .hasRootCauseInstanceOf(AuthorizationException.class);
                assertThatThrownBy(() ->
                                admin.createAcls(rights.subList(0, 1)).all().get())
                        .as(user)
                        .hasRootCauseInstanceOf(AuthorizationException.class);
            }
    }

    @Test
    void whoDoesNotKnowThePasswordIsNotLetIn() {
        try (var admin = brokers.as("operator", "another password").admin()) {
            assertThatThrownBy(() -> admin.listTopics().names().get())
                    .hasRootCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void whatIsAppliedTwiceChangesNothingAndWhatIsTooMuchIsTakenAway() throws ExecutionException, InterruptedException {
        try (var admin = brokers.superUser().admin()) {
            assertThat(BrokerAccessAdmin.apply(admin, Map.of())).isEqualTo(new BrokerAccessAdmin.Changes(0, 0, 0));
            var tooMuch = new BrokerAccess.Grant(
                    "executor-worker",
                    ResourceType.TOPIC,
                    PatternType.LITERAL,
                    Topics.ASSIGNMENTS.name(),
                    Set.of(AclOperation.WRITE));
            admin.createAcls(BrokerAccessAdmin.bindings(tooMuch)).all().get();

            assertThat(BrokerAccessAdmin.apply(admin, Map.of())).isEqualTo(new BrokerAccessAdmin.Changes(0, 0, 1));
        }
    }

    private static void read(KafkaConnection connection, Topic<?> topic) {
        try (var consumer = new KafkaConsumer<>(
                new HashMap<>(connection.consumerProperties()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic.name(), 0);
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            consumer.poll(Duration.ofSeconds(60));
        }
    }

    private static List<String> writers(Topic<?> topic) {
        return BrokerAccess.users().stream()
                .filter(user -> isGranted(user, topic, AclOperation.WRITE))
                .toList();
    }

    private static boolean isGranted(String user, Topic<?> topic, AclOperation operation) {
        return BrokerAccess.all().stream()
                .filter(grant -> grant.user().equals(user) && grant.resource() == ResourceType.TOPIC)
                .filter(grant -> grant.operations().contains(operation))
                .anyMatch(grant -> grant.pattern() == PatternType.PREFIXED
                        ? topic.name().startsWith(grant.name())
                        : topic.name().equals(grant.name()));
    }
}
