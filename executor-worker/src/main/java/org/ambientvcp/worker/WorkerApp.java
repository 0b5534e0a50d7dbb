package org.ambientvcp.worker;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.blob.BlobStores;
import org.ambientvcp.runner.TaskRunner;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Service;
import org.ambientvcp.service.ServiceProcess;
import org.ambientvcp.service.Settings;
import org.ambientvcp.wasm.ModuleCache;
import org.ambientvcp.wasm.WasmEngine;

/// One node as a process. Settings: docs/configuration.md.
public final class WorkerApp {
    private static final int MEBIBYTE = 1 << 20;

    private WorkerApp() {}

    public static void main(String[] arguments) {
        run(System.getenv());
    }

    /// Runs a node with these settings; ends the JVM.
    public static void run(Map<String, String> environment) {
        ServiceProcess.run(
                environment,
                List.of(
                        Topics.NODES,
                        Topics.TELEMETRY,
                        Topics.NODE_CELLS,
                        Topics.ASSIGNMENTS,
                        Topics.COMMITMENTS,
                        Topics.RESULTS,
                        Topics.TRACES,
                        Topics.DEAD_LETTERS),
                WorkerApp::start);
    }

    private static Service start(Settings settings, KafkaConnection connection) throws Exception {
        var config = NodeConfig.from(settings);
        var cache = new ModuleCache((long) settings.integer("VCP_MODULE_CACHE_MIB", 256, 0, 65_536) * MEBIBYTE);
        var blobs = openBlobs(settings);
        var identity = Identity.loadOrCreate(config.keyFile(), new SecureRandom());
        var runner = new TaskRunner(blobs, cache, new WasmEngine(System::nanoTime));
        var sensors = SystemSensors.open(settings, connection, config);
        return Node.start(connection, blobs, config, identity, sensors, Runner.sandbox(runner));
    }

    private static BlobStore openBlobs(Settings settings) {
        var location = settings.text("VCP_BLOB_STORE");
        var key = settings.find("VCP_BLOB_KEY_FILE");
        try {
            return BlobStores.open(location, key == null ? null : Path.of(key));
        } catch (IllegalArgumentException refused) {
            throw new InvalidSettingException(String.valueOf(refused.getMessage()));
        }
    }
}
