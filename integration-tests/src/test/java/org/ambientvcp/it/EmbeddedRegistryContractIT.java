package org.ambientvcp.it;

import java.nio.file.Path;
import java.util.Map;
import org.ambientvcp.embedded.EmbeddedBroker;
import org.ambientvcp.embedded.EmbeddedRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The registry of `vcp dev`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedRegistryContractIT extends RegistryContract {
    private EmbeddedBroker broker;
    private EmbeddedRegistry registry;

    @BeforeAll
    void start(@TempDir Path data) {
        broker = EmbeddedBroker.start(data, 0, Map.of());
        registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
    }

    @AfterAll
    void stop() {
        registry.close();
        broker.close();
    }

    @Override
    String url() {
        return registry.url();
    }
}
