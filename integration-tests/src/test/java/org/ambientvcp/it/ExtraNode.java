package org.ambientvcp.it;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.ambientvcp.blob.DirectoryBlobStore;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.runner.TaskRunner;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.Settings;
import org.ambientvcp.wasm.ModuleCache;
import org.ambientvcp.wasm.WasmEngine;
import org.ambientvcp.worker.Node;
import org.ambientvcp.worker.NodeConfig;
import org.ambientvcp.worker.Runner;
import org.ambientvcp.worker.Sensors;

/// An honest node in this JVM that joins a running cluster.
final class ExtraNode {
    private static final int CACHE_BYTES = 8 << 20;

    private ExtraNode() {}

    /// @param clusterDirectory the cluster's data directory, where the blobs are
    /// @param directory the node's own
    /// @param settings VCP_ variables that differ from a node of its own name and owner in cell 0
    static Node start(KafkaSide kafka, Path clusterDirectory, Path directory, String name, Map<String, String> settings)
            throws Exception {
        var all = new HashMap<String, String>();
        all.put("VCP_NODE_NAME", name);
        all.put("VCP_OWNER", "owner-of-" + name);
        all.put("VCP_DATA_DIR", directory.toString());
        all.putAll(settings);
        var config = NodeConfig.from(new Settings(all));
        var blobs = new DirectoryBlobStore(clusterDirectory.resolve("blobs"));
        var runner = new TaskRunner(blobs, new ModuleCache(CACHE_BYTES), new WasmEngine(System::nanoTime));
        return Node.start(
                kafka.connection(),
                blobs,
                config,
                Identity.loadOrCreate(config.keyFile(), new SecureRandom()),
                new GoodConditions(),
                Runner.sandbox(runner));
    }

    /// A cool machine with a fast line and nothing else to do.
    private record GoodConditions() implements Sensors {
        @Override
        public Readings sample() {
            return new Readings(500_000, 8_000, 900_000, 800_000, 45_000);
        }

        @Override
        public Meter meter() {
            return new Meter(EnergySource.MODEL, System.nanoTime() / 1_000_000, 100_000);
        }
    }
}
