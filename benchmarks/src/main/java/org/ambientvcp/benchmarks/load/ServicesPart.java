package org.ambientvcp.benchmarks.load;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.blob.DirectoryBlobStore;
import org.ambientvcp.scheduler.Scheduler;
import org.ambientvcp.scheduler.SchedulerConfig;
import org.ambientvcp.schemas.registry.RegistryClient;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Settings;
import org.ambientvcp.telemetry.TelemetryConfig;
import org.ambientvcp.telemetry.TelemetryIngest;
import org.ambientvcp.verifier.Verifier;
import org.ambientvcp.verifier.VerifierConfig;

/// telemetry-ingest, scheduler-stream and proof-verifier in one JVM. Arguments: brokers, registry, settings.
final class ServicesPart {
    private static final long POLL_MILLIS = 20;

    private ServicesPart() {}

    public static void main(String[] arguments) throws Exception {
        Child.run(arguments, ServicesPart::start);
    }

    private static Child.Running start(Path directory, List<String> arguments) throws Exception {
        var connection =
                new KafkaConnection(arguments.get(0), Map.of(), new RegistryClient(URI.create(arguments.get(1))));
        var identity = Identity.random(new SecureRandom());
        var settings = settings(directory, identity.id(), arguments.subList(2, arguments.size()));
        var services = List.of(
                TelemetryIngest.start(connection, TelemetryConfig.from(settings)),
                Scheduler.start(connection, SchedulerConfig.from(settings)),
                Verifier.start(
                        connection,
                        new DirectoryBlobStore(directory.resolve("blobs")),
                        VerifierConfig.from(settings),
                        identity));
        for (var service : services) while (!service.isReady()) Thread.sleep(POLL_MILLIS);
        return new Child.Running(identity.id(), () -> {
            ClientMetrics.write(directory.resolve("clients.txt"), services);
            for (var service : services) service.close();
        });
    }

    private static Settings settings(Path directory, String verifierId, List<String> own) {
        var values = new HashMap<String, String>();
        values.put("VCP_STATE_DIR", directory.resolve("state").toString());
        values.put("VCP_DATA_DIR", directory.resolve("verifier").toString());
        values.put("VCP_TRUSTED_VERIFIERS", verifierId);
        values.put("VCP_NODE_NAME", "verifier");
        values.put("VCP_OWNER", "load-test");
        values.put("VCP_PARALLEL_VERIFICATIONS", "8");
        for (var setting : own) {
            var equals = setting.indexOf('=');
            values.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return new Settings(values);
    }
}
