package org.ambientvcp.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.ambientvcp.blob.HttpBlobStore.Retries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpBlobStoreTest {

    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final Retries FAST = new Retries(3, Duration.ofMillis(1), Duration.ofSeconds(30));

    @TempDir
    Path root;

    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
        threads.close();
    }

    @Test
    void givesBackWhatWasPut() {
        serveFolder(1000);
        var store = store(1000);

        assertThat(store.contains(ABC)).isFalse();
        assertThat(store.put("abc".getBytes(UTF_8))).isEqualTo(ABC);
        assertThat(store.put("abc".getBytes(UTF_8))).as("put again").isEqualTo(ABC);
        assertThat(store.contains(ABC)).isTrue();
        assertThat(store.get(ABC)).asString(UTF_8).isEqualTo("abc");
    }

    @Test
    void asksForTheHeadersBeforeEveryRequest() {
        serveFolder(1000);
        var count = new AtomicInteger();
        var store = new HttpBlobStore(base(), 1000, () -> Map.of("X-API-Key", "key-" + count.incrementAndGet()), FAST);

        var _ = store.contains(ABC);
        var _ = store.contains(ABC);

        assertThat(keys).containsExactly("key-1", "key-2");
    }

    @Test
    void saysWhichBlobIsMissing() {
        serveFolder(1000);

        assertThatThrownBy(() -> store(1000).get(ABC))
                .isInstanceOf(BlobMissingException.class)
                .hasMessageContaining(ABC);
    }

    @Test
    void doesNotReturnBytesOfAnotherHash() {
        serve(exchange -> respond(exchange, 200, "abd"));

        assertThatThrownBy(() -> store(1000).get(ABC)).isInstanceOf(BlobCorruptedException.class);
    }

    @Test
    void stopsReadingAtTheLimit() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0); // chunked: no length to be warned by
            try (var body = exchange.getResponseBody()) {
                for (var sent = 0L; sent < 1L << 40; sent += 1 << 16) body.write(new byte[1 << 16]);
            }
        });

        assertThatThrownBy(() -> store(1000).get(ABC)).isInstanceOf(BlobTooLargeException.class);
    }

    @Test
    void refusesToSendMoreThanTheLimit() {
        assertThatThrownBy(() -> store(2).put(new byte[3])).isInstanceOf(BlobTooLargeException.class);
    }

    @Test
    void reportsThatTheServerTakesLess() {
        serveFolder(2);

        assertThatThrownBy(() -> store(1000).put(new byte[3])).isInstanceOf(BlobTooLargeException.class);
    }

    @Test
    void repeatsWhileTheServerIsUnavailable() {
        var count = new AtomicInteger();
        serve(exchange -> respond(exchange, count.incrementAndGet() < 3 ? 503 : 200, "abc"));

        assertThat(store(1000).get(ABC)).asString(UTF_8).isEqualTo("abc");
        assertThat(count).hasValue(3);
    }

    @Test
    void givesUpAfterTheLastTry() {
        var count = new AtomicInteger();
        serve(exchange -> {
            count.incrementAndGet();
            respond(exchange, 503, "later");
        });

        assertThatThrownBy(() -> store(1000).put("abc".getBytes(UTF_8)))
                .isInstanceOf(BlobStoreException.class)
                .hasMessageContaining("503: later");
        assertThat(count).hasValue(3);
    }

    @Test
    void repeatsWhenTheConnectionBreaks() {
        var count = new AtomicInteger();
        serve(exchange -> {
            if (count.incrementAndGet() > 1) respond(exchange, 201, "");
            else exchange.close(); // no answer at all; the JDK's client itself repeats a GET but never a PUT
        });

        assertThat(store(1000).put("abc".getBytes(UTF_8))).isEqualTo(ABC);
        assertThat(count).hasValue(2);
    }

    @Test
    void reportsThatNobodyListens() {
        server.stop(0);

        assertThatThrownBy(() -> store(1000).get(ABC))
                .isInstanceOf(BlobStoreException.class)
                .hasMessageContaining("3 times");
    }

    @Test
    void doesNotRepeatARefusalAndKeepsTheReason() {
        var count = new AtomicInteger();
        serve(exchange -> {
            count.incrementAndGet();
            respond(exchange, 401, "API key is\r\nunknown");
        });

        assertThatThrownBy(() -> store(1000).put("abc".getBytes(UTF_8)))
                .isInstanceOf(BlobStoreException.class)
                .hasMessageEndingWith("answered 401: API key is  unknown");
        assertThat(count).hasValue(1);
    }

    @Test
    void doesNotFollowARedirectWithItsKey() {
        serve(exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
            respond(exchange, 302, "");
        });

        assertThatThrownBy(() -> store(1000).get(ABC))
                .isInstanceOf(BlobStoreException.class)
                .hasMessageContaining("302");
    }

    @Test
    void aServerThatStopsTalkingIsAFailure() {
        var ended = new CountDownLatch(1);
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write('a');
            exchange.getResponseBody().flush();
            await(ended);
        });
        var store = new HttpBlobStore(base(), 1000, Map::of, new Retries(1, Duration.ZERO, Duration.ofMillis(200)));

        try {
            assertThatThrownBy(() -> store.get(ABC))
                    .isInstanceOf(BlobStoreException.class)
                    .hasMessageContaining("PT0.2S");
        } finally {
            ended.countDown();
        }
    }

    @Test
    void refusesWhatIsNoName() {
        assertThatIllegalArgumentException().isThrownBy(() -> store(1000).get("../secrets"));
    }

    private HttpBlobStore store(int maxBytes) {
        return new HttpBlobStore(base(), maxBytes, Map::of, FAST);
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// The gateway's rules over a folder.
    private void serveFolder(int maxBytes) {
        var folder = new DirectoryBlobStore(root, maxBytes);
        serve(exchange -> {
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-API-Key")));
            var name = Path.of(exchange.getRequestURI().getPath()).getFileName().toString();
            var there = folder.contains(name);
            switch (exchange.getRequestMethod()) {
                case "PUT" -> {
                    try {
                        folder.put(exchange.getRequestBody().readAllBytes());
                        respond(exchange, there ? 200 : 201, "");
                    } catch (BlobTooLargeException e) {
                        respond(exchange, 413, "too large");
                    }
                }
                case "HEAD" -> exchange.sendResponseHeaders(there ? 200 : 404, -1);
                default -> respond(exchange, there ? 200 : 404, there ? new String(folder.get(name), UTF_8) : "");
            }
        });
    }

    private void serve(Answer answer) {
        server.createContext("/v1/blobs/", exchange -> {
            try (exchange) {
                answer.to(exchange);
            }
        });
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) exchange.getResponseBody().write(bytes);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
