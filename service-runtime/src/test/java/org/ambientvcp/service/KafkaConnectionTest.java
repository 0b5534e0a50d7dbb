package org.ambientvcp.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaConnectionTest {
    private static final StreamsOptions OPTIONS =
            new StreamsOptions("vcp-test", false, Duration.ofMillis(50), 2, Path.of("state"), 3, 1);

    private static KafkaConnection connection(Map<String, String> properties) {
        return new KafkaConnection("broker:9092", properties, SchemaRegistry.inMemory());
    }

    @Test
    void readsTheEnvironment() {
        var connection = KafkaConnection.from(new Settings(Map.of(
                "VCP_BOOTSTRAP_SERVERS", "a:1,b:2",
                "VCP_SCHEMA_REGISTRY_URL", "http://registry:8081",
                "VCP_KAFKA_SECURITY_PROTOCOL", "SASL_SSL")));

        assertThat(connection.clientProperties())
                .isEqualTo(Map.of("bootstrap.servers", "a:1,b:2", "security.protocol", "SASL_SSL"));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> KafkaConnection.from(new Settings(Map.of("VCP_BOOTSTRAP_SERVERS", "a:1"))))
                .withMessage("VCP_SCHEMA_REGISTRY_URL is not set");
    }

    @Test
    void settingsWithPasswordsComeFromAFileAndTheEnvironmentWins(@TempDir Path folder) throws IOException {
        var file = folder.resolve("client.properties");
        Files.writeString(file, "security.protocol=SASL_SSL\nsasl.jaas.config=Login required password=\"p=q\";\n");
        var settings = Map.of(
                "VCP_BOOTSTRAP_SERVERS", "a:1",
                "VCP_SCHEMA_REGISTRY_URL", "http://registry:8081",
                "VCP_CLIENT_PROPERTIES_FILE", file.toString(),
                "VCP_KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT");

        var connection = KafkaConnection.from(new Settings(settings));

        assertThat(connection.properties())
                .isEqualTo(Map.of(
                        "security.protocol", "SASL_PLAINTEXT",
                        "sasl.jaas.config", "Login required password=\"p=q\";"));
    }

    @Test
    void aFileOfSettingsThatIsNotThereIsNamed() {
        var settings = new Settings(Map.of(
                "VCP_BOOTSTRAP_SERVERS", "a:1",
                "VCP_SCHEMA_REGISTRY_URL", "http://registry:8081",
                "VCP_CLIENT_PROPERTIES_FILE", "/nowhere/client.properties"));

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> KafkaConnection.from(settings))
                .withMessage("VCP_CLIENT_PROPERTIES_FILE cannot be read: /nowhere/client.properties"
                        + " (NoSuchFileException)");
    }

    @Test
    void theOperatorsSettingsWin() {
        var connection = connection(Map.of("linger.ms", "5", "isolation.level", "read_uncommitted"));

        assertThat(connection.producerProperties("me")).containsEntry("linger.ms", "5");
        assertThat(connection.consumerProperties()).containsEntry("isolation.level", "read_uncommitted");
        assertThat(StreamsService.properties("me", connection, OPTIONS)).containsEntry("linger.ms", "5");
    }

    @Test
    void producersLoseNothingAndConsumersSeeWhatIsCommitted() {
        assertThat(connection(Map.of()).producerProperties("me"))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("linger.ms", 0)
                .containsEntry("max.request.size", 4 * 1024 * 1024);
        assertThat(connection(Map.of()).consumerProperties())
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false);
    }

    @Test
    void isPrintedWithoutPasswords() {
        assertThat(connection(Map.of("sasl.jaas.config", "password=secret")).toString())
                .isEqualTo("KafkaConnection[broker:9092]");
    }

    @Test
    void streamsOfBothGuaranteesAreAcceptedByKafka() {
        var atLeastOnce = new StreamsConfig(StreamsService.properties("me", connection(Map.of()), OPTIONS));
        var exactlyOnce = new StreamsConfig(StreamsService.properties(
                "me",
                connection(Map.of()),
                new StreamsOptions("vcp-test", true, Duration.ofMillis(10), 1, Path.of("state"), 1, 0)));

        assertThat(atLeastOnce.getMainConsumerConfigs("g", "c", 0)).containsEntry("isolation.level", "read_committed");
        assertThat(exactlyOnce.getMainConsumerConfigs("g", "c", 0)).containsEntry("isolation.level", "read_committed");
        assertThat(exactlyOnce.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(atLeastOnce.originalsWithPrefix("topic.")).containsEntry("min.insync.replicas", "2");
        assertThat(atLeastOnce.getProducerConfigs("c"))
                .containsEntry("linger.ms", 0)
                .containsEntry("max.request.size", 4 * 1024 * 1024);
    }

    @Test
    void streamsOptionsComeFromTheEnvironment() {
        var settings = new Settings(Map.of("VCP_STATE_DIR", "/data", "VCP_STREAM_THREADS", "3"));

        assertThat(StreamsOptions.from(settings, "vcp-x", true, Duration.ofMillis(10)))
                .isEqualTo(new StreamsOptions("vcp-x", true, Duration.ofMillis(10), 3, Path.of("/data/vcp-x"), 1, 0));
    }

    @Test
    void streamsOptionsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamsOptions("x", true, Duration.ZERO, 0, Path.of("s"), 1, 0))
                .withMessage("threads is not positive: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamsOptions("x", true, Duration.ZERO, 1, Path.of("s"), 1, -1))
                .withMessage("standbys is negative: -1");
    }
}
