package org.ambientvcp.blob;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Blobs behind the gateway's HTTP interface.
///
/// | request                            | answers                                                       |
/// |------------------------------------|---------------------------------------------------------------|
/// | `PUT {base}/v1/blobs/{sha256}`     | 201 created, 200 was there, 413 too large, 422 other hash      |
/// | `GET {base}/v1/blobs/{sha256}`     | 200 and the bytes, 404                                         |
/// | `HEAD {base}/v1/blobs/{sha256}`    | 200, 404                                                       |
///
/// Every request may be repeated, so connection failures, time-outs and 502, 503, 504 are retried with doubling
/// back-off,
/// a bounded number of times. Redirects are not followed: the headers may hold a key meant for this server only.
/// The server is not trusted: the hash is checked on every read and reading stops at the size limit.
public final class HttpBlobStore implements BlobStore {

    private static final Set<Integer> TRANSIENT = Set.of(502, 503, 504);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_REASON_BYTES = 500;

    private final URI base;
    private final int maxBytes;
    private final Supplier<Map<String, String>> headers;
    private final Retries retries;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(Redirect.NEVER)
            .build();

    /// How often and how fast a request is repeated.
    ///
    /// @param attempts tries of one request in all, ≥ 1
    /// @param backOff pause before the second try, doubled before each further one, ≥ 0
    /// @param timeout longest time of one try, from connect to the last byte, > 0
    public record Retries(int attempts, Duration backOff, Duration timeout) {

        /// Five tries within at most 1.5 s of pauses; a minute each.
        public static final Retries DEFAULT = new Retries(5, Duration.ofMillis(100), Duration.ofMinutes(1));

        public Retries {
            if (attempts < 1) throw new IllegalArgumentException("attempts is not positive: " + attempts);
            if (backOff.isNegative()) throw new IllegalArgumentException("backOff is negative: " + backOff);
            if (!timeout.isPositive()) throw new IllegalArgumentException("timeout is not positive: " + timeout);
        }
    }

    /// A store at `{base}/v1/blobs/`, with the default retries.
    ///
    /// @param maxBytes most bytes of one blob, 1–2147483646
    /// @param headers asked before every request, for example for an API key
    public HttpBlobStore(URI base, int maxBytes, Supplier<Map<String, String>> headers) {
        this(base, maxBytes, headers, Retries.DEFAULT);
    }

    /// A store at `{base}/v1/blobs/`.
    ///
    /// @param maxBytes most bytes of one blob, 1–2147483646
    /// @param headers asked before every request, for example for an API key
    public HttpBlobStore(URI base, int maxBytes, Supplier<Map<String, String>> headers, Retries retries) {
        var scheme = String.valueOf(base.getScheme());
        if (!(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
                || base.getHost() == null
                || base.getQuery() != null
                || base.getFragment() != null)
            throw new IllegalArgumentException("base is not http(s)://host[:port][/path]: " + base);
        if (maxBytes <= 0 || maxBytes == Integer.MAX_VALUE)
            throw new IllegalArgumentException("maxBytes is not 1–2147483646: " + maxBytes);
        this.base = base;
        this.maxBytes = maxBytes;
        this.headers = headers;
        this.retries = retries;
    }

    @Override
    public String put(byte[] bytes) {
        if (bytes.length > maxBytes)
            throw new BlobTooLargeException("blob has " + bytes.length + " bytes, the store takes " + maxBytes);
        var name = BlobName.of(bytes);
        var response = send("PUT", name, BodyPublishers.ofByteArray(bytes));
        return switch (response.statusCode()) {
            case 200, 201 -> name;
            case 413 -> throw new BlobTooLargeException(failure("PUT", name, response));
            default -> throw new BlobStoreException(failure("PUT", name, response), null);
        };
    }

    @Override
    public byte[] get(String sha256) {
        var response = send("GET", sha256, BodyPublishers.noBody());
        return switch (response.statusCode()) {
            case 200 -> checked(sha256, response.body());
            case 404 -> throw new BlobMissingException(sha256, base.toString());
            default -> throw new BlobStoreException(failure("GET", sha256, response), null);
        };
    }

    private byte[] checked(String sha256, byte[] bytes) {
        var actual = BlobName.of(bytes);
        if (!actual.equals(sha256)) {
            throw new BlobCorruptedException(sha256, address(sha256).toString(), actual);
        }
        return bytes;
    }

    @Override
    public boolean contains(String sha256) {
        var response = send("HEAD", sha256, BodyPublishers.noBody());
        return switch (response.statusCode()) {
            case 200 -> true;
            case 404 -> false;
            default -> throw new BlobStoreException(failure("HEAD", sha256, response), null);
        };
    }

    @Override
    public String toString() {
        return "HttpBlobStore[" + base + "]";
    }

    /// Sends until there is an answer that is not transient, or the tries are used up.
    private HttpResponse<byte[]> send(String method, String name, BodyPublisher body) {
        var address = address(name);
        try {
            var pause = retries.backOff;
            for (var attempt = 1; ; attempt++) {
                try {
                    var response = sendOnce(method, address, body);
                    if (attempt == retries.attempts || !TRANSIENT.contains(response.statusCode())) return response;
                } catch (IOException e) {
                    if (attempt == retries.attempts)
                        throw new BlobStoreException(
                                method + " " + address + " failed " + attempt + " times, last with " + e, e);
                }
                Thread.sleep(pause);
                pause = pause.multipliedBy(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BlobStoreException(method + " " + address + " was interrupted", e);
        }
    }

    private HttpResponse<byte[]> sendOnce(String method, URI address, BodyPublisher body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address).method(method, body);
        headers.get().forEach(request::setHeader);
        var answer = client.sendAsync(
                request.build(),
                head -> head.statusCode() == 200
                        ? BoundedBody.failingBeyond(maxBytes)
                        : BoundedBody.cutAt(MAX_REASON_BYTES));
        try {
            return answer.get(retries.timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no complete answer within " + retries.timeout, e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case BlobTooLargeException tooLarge -> throw tooLarge;
                case IOException io when io.getCause() instanceof BlobTooLargeException tooLarge -> throw tooLarge;
                case IOException io -> throw io;
                case null, default -> throw new BlobStoreException(method + " " + address + " failed", e);
            }
        } finally {
            answer.cancel(true); // gives the connection up after a time-out or an interrupt
        }
    }

    private URI address(String name) {
        var prefix = base.toString();
        return URI.create(prefix + (prefix.endsWith("/") ? "" : "/") + "v1/blobs/" + BlobName.requireValid(name));
    }

    private String failure(String method, String name, HttpResponse<byte[]> response) {
        var reason = new String(response.body(), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
        return method + " " + address(name) + " answered " + response.statusCode()
                + (reason.isBlank() ? "" : ": " + reason);
    }
}
