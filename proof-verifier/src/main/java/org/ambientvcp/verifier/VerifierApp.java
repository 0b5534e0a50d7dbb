package org.ambientvcp.verifier;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.blob.BlobStores;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Service;
import org.ambientvcp.service.ServiceProcess;
import org.ambientvcp.service.Settings;

/// One verifier as a process. Settings: docs/configuration.md.
public final class VerifierApp {
    private VerifierApp() {}

    public static void main(String[] arguments) {
        ServiceProcess.run(
                System.getenv(),
                List.of(Topics.NODES, Topics.VERIFICATIONS, Topics.VERDICTS, Topics.DEAD_LETTERS),
                VerifierApp::start);
    }

    private static Service start(Settings settings, KafkaConnection connection) throws Exception {
        var config = VerifierConfig.from(settings);
        var blobs = openBlobs(settings);
        var identity = Identity.loadOrCreate(config.keyFile(), new SecureRandom());
        return Verifier.start(connection, blobs, config, identity);
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
