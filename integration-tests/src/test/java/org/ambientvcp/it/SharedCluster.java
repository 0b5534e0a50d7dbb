package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.ambientvcp.cli.dev.DevCluster;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.service.Service;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the one cluster they share, started by the first class that asks and closed at the end of the run. After
/// each class nothing may have failed and the books must balance.
final class SharedCluster implements ParameterResolver, AfterAllCallback {

    /// The running cluster and the ways into it.
    record Running(DevCluster cluster, Path directory, Client client, KafkaSide kafka) implements AutoCloseable {
        static Running start() throws Exception {
            var directory = Files.createTempDirectory("vcp-it");
            var cluster = DevCluster.start(new DevCluster.Options(directory, 0, 0, 0, 1), step -> {});
            var state = cluster.state();
            return new Running(
                    cluster,
                    directory,
                    new Client(state.url(), state.apiKey()),
                    new KafkaSide(state.bootstrapServers(), state.registryUrl()));
        }

        @Override
        public void close() throws IOException {
            kafka.close();
            cluster.close();
            try (var files = Files.walk(directory)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
            }
        }

        void assertAlive() {
            assertThat(cluster.services()).as("failed services").noneMatch(Service::hasFailed);
            assertThat(cluster.services()).as("ready services").allMatch(Service::isReady);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return running(context);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        var running = running(context);
        running.assertAlive();
        Books.assertBalanced(running.kafka());
        assertThat(running.kafka().read(Topics.DEAD_LETTERS))
                .as("refused meters of honest nodes")
                .noneMatch(event -> event.value().getCode().equals("implausible-energy"));
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedCluster.class))
                .computeIfAbsent(Start.class, missing -> Start.once(), Start.class)
                .running();
    }

    /// The one attempt to start it: if that fails, every class says so at once.
    private record Start(
            @Nullable Running started, @Nullable Exception failure) implements AutoCloseable {
        static Start once() {
            try {
                return new Start(Running.start(), null);
            } catch (Exception failed) {
                return new Start(null, failed);
            }
        }

        Running running() {
            if (started == null) throw new IllegalStateException("the cluster did not start", failure);
            return started;
        }

        @Override
        public void close() throws IOException {
            if (started != null) started.close();
        }
    }
}
