package org.ambientvcp.gateway;

import java.util.Map;
import org.ambientvcp.blob.BlobStores;
import org.ambientvcp.service.ServiceProcess;

/// The gateway as a process of its own; docs/configuration.md lists its settings.
public final class GatewayApp {
    private GatewayApp() {}

    public static void main(String[] args) {
        ServiceProcess.run(System.getenv(), Gateway.topics(), (settings, connection) -> {
            var config = GatewayConfig.from(settings);
            var blobs = BlobStores.open(settings.text("VCP_BLOB_STORE"), config.maxBlobBytes(), Map::of);
            return Gateway.start(connection, blobs, config);
        });
    }
}
