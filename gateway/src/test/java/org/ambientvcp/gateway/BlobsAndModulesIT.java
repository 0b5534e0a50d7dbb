package org.ambientvcp.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HexFormat;
import java.util.Map;
import org.ambientvcp.blob.BlobMissingException;
import org.ambientvcp.blob.BlobTooLargeException;
import org.ambientvcp.blob.HttpBlobStore;
import org.ambientvcp.gateway.Running.Answer;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedGateway.class)
class BlobsAndModulesIT {
    /// (module (func (export "answer") (param i32) (result i32) local.get 0) (memory (export "memory") 1))
    static final byte[] MODULE = HexFormat.of()
            .parseHex("0061736d01000000" + "01060160017f017f" + "03020100" + "0503010001"
                    + "07130206616e737765720000066d656d6f72790200" + "0a0601040020000b");

    private final Running running;

    BlobsAndModulesIT(Running running) {
        this.running = running;
    }

    @Test
    void theBlobStoreOfNodesWorksAgainstIt() {
        var store = new HttpBlobStore(
                URI.create(running.gateway.url()), 2_000_000, () -> Map.of("Authorization", "Bearer " + running.node));
        var bytes = "by a node".getBytes(UTF_8);

        var name = store.put(bytes);

        assertThat(store.contains(name)).isTrue();
        assertThat(store.get(name)).isEqualTo(bytes);
        assertThat(store.contains("0".repeat(64))).isFalse();
        assertThatThrownBy(() -> store.get("0".repeat(64))).isInstanceOf(BlobMissingException.class);
        assertThatThrownBy(() -> store.put(new byte[1_000_001])).isInstanceOf(BlobTooLargeException.class);
    }

    @Test
    void aBlobIsStoredOnceAndReadAsADownload() {
        var bytes = "<script>alert(1)</script>".getBytes(UTF_8);
        var path = "/v1/blobs/" + Sha256.hex(bytes);

        assertThat(put(path, bytes).status()).isEqualTo(201);
        assertThat(put(path, bytes).status()).isEqualTo(200);

        var answer = running.get(path, running.acme);
        assertThat(answer.body()).isEqualTo(bytes);
        assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(answer.header("Content-Disposition")).startsWith("attachment");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void bytesOfAnotherHashAreRefused() {
        var answer = put("/v1/blobs/" + "0".repeat(64), new byte[] {1});

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("hash-mismatch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/blobs/..%2f..%2fetc%2fpasswd",
                "/v1/blobs/%2e%2e/%2e%2e/etc/passwd",
                "/v1/blobs/..;/..;/etc/passwd",
                "/v1/blobs/%00",
                "/v1/blobs/%c0%ae%c0%ae",
                "/v1/blobs/" + "A0",
                "/v1/modules/..%5c..%5cwindows",
                "/v1/tasks/..%2f..%2fx"
            })
    void aPathThatLeadsElsewhereIsAProblem(String path) {
        var answer = running.get(path, running.admin);

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.problem()).isIn("invalid-request", "not-found");
    }

    @Test
    void aModuleIsCheckedStoredAnnouncedAndListed() {
        var answer = upload("answer", MODULE);

        assertThat(answer.status()).isEqualTo(201);
        var sha256 = Sha256.hex(MODULE);
        assertThat(answer.header("Location")).isEqualTo("/v1/modules/" + sha256);
        assertThat(answer.json().at("/exports/0/name").asText()).isEqualTo("answer");
        assertThat(answer.json().at("/exports/0/type").asText()).isEqualTo("(i32) -> i32");
        assertThat(answer.json().path("sizeBytes").asInt()).isEqualTo(MODULE.length);
        assertThat(answer.json().path("uploadedBy").asText()).isEqualTo("acme-key");
        assertThat(running.blobs.get(sha256)).isEqualTo(MODULE);
        assertThat(running.all(Topics.MODULES))
                .anyMatch(logged ->
                        logged.key().equals(sha256) && logged.value().getName().equals("answer"));
        assertThat(running.get("/v1/modules/" + sha256, running.zeta)
                        .json()
                        .path("sha256")
                        .asText())
                .isEqualTo(sha256);
        assertThat(running.get("/v1/modules", running.zeta).json().path("modules"))
                .anyMatch(module -> module.path("sha256").asText().equals(sha256));
    }

    @Test
    void whatIsNoModuleIsRefusedWithTheReasonAndNotStored() {
        var bytes = "this is no WASM".getBytes(UTF_8);

        var answer = upload("bad", bytes);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("invalid-module");
        assertThat(answer.json().path("detail").asText()).isNotBlank();
        assertThat(running.blobs.contains(Sha256.hex(bytes))).isFalse();
    }

    @Test
    void aModuleNeedsItsMediaTypeAndAName() {
        var wrongType = running.send(running.request("/v1/modules?name=a", running.acme)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofByteArray(MODULE)));
        assertThat(wrongType.status()).isEqualTo(415);
        assertThat(wrongType.problem()).isEqualTo("unsupported-media-type");

        assertThat(upload("a%20b", MODULE).problem()).isEqualTo("invalid-request");
        assertThat(upload("", MODULE).problem()).isEqualTo("invalid-request");
        assertThat(running.get("/v1/modules/" + "0".repeat(64), running.acme).status())
                .isEqualTo(404);
    }

    @Test
    void aNodesKeyIsForBlobsOnly() {
        assertThat(running.get("/v1/modules", running.node).status()).isEqualTo(403);
        assertThat(running.get("/v1/tasks", running.node).problem()).isEqualTo("forbidden");
    }

    private Answer put(String path, byte[] bytes) {
        return running.send(running.request(path, running.acme).PUT(BodyPublishers.ofByteArray(bytes)));
    }

    private Answer upload(String name, byte[] bytes) {
        return running.send(running.request("/v1/modules?name=" + name, running.acme)
                .header("Content-Type", "application/wasm")
                .POST(BodyPublishers.ofByteArray(bytes)));
    }
}
