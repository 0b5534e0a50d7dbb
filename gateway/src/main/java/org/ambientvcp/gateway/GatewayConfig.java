package org.ambientvcp.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.schemas.TaskCheck;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.service.Settings;
import org.jspecify.annotations.Nullable;

/// Settings of the gateway; docs/configuration.md says the same for people.
///
/// @param host address to listen on; without keys it must be a loopback address
/// @param port 0–65535; 0 picks a free one
/// @param apiKeysFile keys; null: everybody who can reach the address may do everything
/// @param defaultTenant without keys the tenant of a task that names none
/// @param requestsPerSecond of one key; 0 = no limit
/// @param maxBodyBytes largest JSON body
/// @param maxModuleBytes largest WASM program
/// @param maxBlobBytes largest blob
/// @param maxTasks task statuses kept in memory, about 1 KiB each
public record GatewayConfig(
        String host,
        int port,
        @Nullable Path apiKeysFile,
        String defaultTenant,
        int requestsPerSecond,
        int maxBodyBytes,
        int maxModuleBytes,
        int maxBlobBytes,
        int maxTasks) {

    public GatewayConfig {
        if (apiKeysFile == null && !isLoopback(host))
            throw new InvalidSettingException(
                    "VCP_GATEWAY_HOST " + host + " is open to others, so VCP_API_KEYS_FILE must be set");
        if (!TaskCheck.isTenant(defaultTenant))
            throw new InvalidSettingException("VCP_DEFAULT_TENANT is not 1–63 of a–z 0–9 -: " + defaultTenant);
    }

    public static GatewayConfig from(Settings settings) {
        var keys = settings.find("VCP_API_KEYS_FILE");
        return new GatewayConfig(
                settings.text("VCP_GATEWAY_HOST", "127.0.0.1"),
                settings.integer("VCP_GATEWAY_PORT", 8080, 0, 65_535),
                keys == null ? null : Path.of(keys),
                settings.text("VCP_DEFAULT_TENANT", "default"),
                settings.integer("VCP_RATE_LIMIT_PER_SECOND", 500, 0, 1_000_000),
                settings.integer("VCP_MAX_BODY_BYTES", 4 << 20, 1_024, 64 << 20),
                settings.integer("VCP_MAX_MODULE_BYTES", 16 << 20, 8, 16 << 20),
                settings.integer("VCP_MAX_BLOB_BYTES", BlobStore.DEFAULT_MAX_BYTES, 1_024, 1 << 30),
                settings.integer("VCP_GATEWAY_MAX_TASKS", 100_000, 1, 10_000_000));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new InvalidSettingException("VCP_GATEWAY_HOST is not an address of this machine: " + host);
        }
    }
}
