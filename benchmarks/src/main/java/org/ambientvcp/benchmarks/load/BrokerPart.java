package org.ambientvcp.benchmarks.load;

import java.util.Map;
import org.ambientvcp.embedded.EmbeddedBroker;
import org.ambientvcp.embedded.EmbeddedRegistry;

/// The broker and the schema registry in a JVM of their own.
final class BrokerPart {
    private BrokerPart() {}

    public static void main(String[] arguments) throws Exception {
        Child.run(arguments, (directory, _) -> {
            var broker = EmbeddedBroker.start(directory.resolve("data"), 0, Map.of());
            var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
            return new Child.Running(broker.bootstrapServers() + " " + registry.url(), () -> {
                registry.close();
                broker.close();
            });
        });
    }
}
