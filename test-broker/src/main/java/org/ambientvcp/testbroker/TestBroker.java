package org.ambientvcp.testbroker;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.ambientvcp.embedded.EmbeddedBroker;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/// A one-node broker that a test starts: the embedded one, or Apache's image if the system property `vcp.test.broker`
/// is
/// `container` (`mvn -Pcontainers`). Both have the same settings.
public record TestBroker(String bootstrapServers, Runnable end) implements AutoCloseable {
    private static final String PROPERTY = "vcp.test.broker";
    private static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.3.1");

    /// Starts a broker and returns when it serves.
    ///
    /// @param directory where an embedded one keeps its logs
    /// @param overrides broker settings that replace those of [EmbeddedBroker#settings()]
    /// @throws IllegalArgumentException if the property is neither `embedded` nor `container`
    public static TestBroker start(Path directory, Map<String, String> overrides) {
        var kind = System.getProperty(PROPERTY, "embedded");
        return switch (kind) {
            case "embedded" -> embedded(directory, overrides);
            case "container" -> container(overrides);
            default -> throw new IllegalArgumentException(PROPERTY + " is not embedded or container: " + kind);
        };
    }

    private static TestBroker embedded(Path directory, Map<String, String> overrides) {
        var broker = EmbeddedBroker.start(directory, 0, overrides);
        return new TestBroker(broker.bootstrapServers(), broker::close);
    }

    @SuppressWarnings("resource") // the caller closes it
    private static TestBroker container(Map<String, String> overrides) {
        var broker = new KafkaContainer(IMAGE);
        EmbeddedBroker.settings().forEach((name, value) -> broker.addEnv(variable(name), value));
        overrides.forEach((name, value) -> broker.addEnv(variable(name), value));
        broker.start();
        return new TestBroker(broker.getBootstrapServers(), broker::stop);
    }

    /// The variable by which the image takes a setting.
    private static String variable(String setting) {
        return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    @Override
    public void close() {
        end.run();
    }
}
