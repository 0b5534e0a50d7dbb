package org.ambientvcp.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobStoresTest {

    @TempDir
    Path root;

    @Test
    void aPathAndItsFileUriAreTheSameStore() {
        var name = BlobStores.open(root.resolve("blobs").toString()).put("abc".getBytes(UTF_8));

        var same = BlobStores.open(root.resolve("blobs").toUri().toString());

        assertThat(same.contains(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "HTTPS://gateway.example/prefix/"})
    void anHttpAddressIsTheGateway(String location) {
        assertThat(BlobStores.open(location)).isInstanceOf(HttpBlobStore.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket/blobs", "ftp://host/", "", "  ", "file://host/share", "path\0with-nul"})
    void anythingElseIsRefusedNamingTheVariable(String location) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BlobStores.open(location))
                .withMessageContaining("VCP_BLOB_STORE")
                .withMessageContaining(location);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "http:///v1", "http://host:port/ /", "http://host/?a=b"})
    void aMalformedAddressIsRefused(String location) {
        assertThatIllegalArgumentException().isThrownBy(() -> BlobStores.open(location));
    }

    @Test
    void theKeyOfAFileIsSentAndReadAgainForEveryRequest() throws Exception {
        var sent = new CopyOnWriteArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            sent.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            var key = root.resolve("key");
            var store =
                    BlobStores.open("http://127.0.0.1:" + server.getAddress().getPort(), key);
            for (var text : List.of("first.secret", "second.secret\n")) {
                Files.writeString(key, text);
                assertThat(store.contains("ab".repeat(32))).isFalse();
            }

            assertThat(sent).containsExactly("Bearer first.secret", "Bearer second.secret");
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "one\ntwo"})
    void aKeyFileThatIsNoKeyIsRefusedByItsName(String content) throws Exception {
        var key = Files.writeString(root.resolve("key"), content);
        var store = BlobStores.open("http://127.0.0.1:1", key);

        assertThatThrownBy(() -> store.contains("ab".repeat(32)))
                .isInstanceOf(BlobStoreException.class)
                .hasMessageContaining(key.toString());
    }
}
