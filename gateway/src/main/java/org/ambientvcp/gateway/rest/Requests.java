package org.ambientvcp.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.ambientvcp.gateway.json.StrictJson;
import org.ambientvcp.gateway.kafka.UnavailableException;
import org.ambientvcp.schemas.TaskCheck;
import org.jspecify.annotations.Nullable;

/// Reads what came with a request. Bodies are bounded one by one and all together: a body waits for its share of
/// memory, for at most 5 s, before its first byte is read. Thread-safe.
final class Requests {
    private static final int KIB = 1024;
    private static final long WAIT_MILLIS = 5_000;
    private static final Pattern TRACEPARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final Semaphore freeKib;
    private final int totalKib;

    /// @param totalBytes of all bodies held at once
    Requests(long totalBytes) {
        totalKib = Math.toIntExact(totalBytes / KIB);
        freeKib = new Semaphore(totalKib);
    }

    /// Does something with a body.
    interface BodyUse {
        void with(byte[] body);
    }

    /// Reads a body of a media type and hands it on; its share of memory is held until that returns.
    void body(Context ctx, String mediaType, int maxBytes, BodyUse use) {
        requireMediaType(ctx, mediaType);
        anyBody(ctx, maxBytes, use);
    }

    /// Reads a body of whatever media type, or none.
    void anyBody(Context ctx, int maxBytes, BodyUse use) {
        var said = ctx.req().getContentLengthLong();
        if (said > maxBytes) throw tooLarge(maxBytes);
        var share = Math.min(totalKib, Math.toIntExact((said < 0 ? maxBytes : said) / KIB) + 1);
        acquire(share);
        try {
            var body = ctx.req().getInputStream().readNBytes(maxBytes + 1);
            if (body.length > maxBytes) throw tooLarge(maxBytes);
            use.with(body);
        } catch (IOException broken) {
            throw new Problem(ProblemType.INVALID_REQUEST, "the body ended early");
        } finally {
            freeKib.release(share);
        }
    }

    void json(Context ctx, int maxBytes, Consumer<ObjectNode> use) {
        body(ctx, "application/json", maxBytes, body -> use.accept(StrictJson.object(body)));
    }

    private void acquire(int share) {
        try {
            if (!freeKib.tryAcquire(share, WAIT_MILLIS, TimeUnit.MILLISECONDS))
                throw new UnavailableException("the gateway is busy with other uploads", null);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the gateway is shutting down", stopping);
        }
    }

    private static void requireMediaType(Context ctx, String expected) {
        var came = ctx.contentType();
        var type = came == null ? "" : came.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals(expected))
            throw new Problem(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "expected Content-Type " + expected + ", got " + (came == null ? "none" : printable(came)))
                    .header("Accept-Post", expected);
    }

    private static Problem tooLarge(int maxBytes) {
        return new Problem(ProblemType.TOO_LARGE, "at most " + maxBytes + " bytes are taken");
    }

    /// A whole number of the query.
    static long number(Context ctx, String name, long fallback, long least, long most) {
        var text = ctx.queryParam(name);
        if (text == null) return fallback;
        try {
            var number = Long.parseLong(text);
            if (least <= number && number <= most) return number;
        } catch (NumberFormatException notANumber) {
            // falls through to the one message that says all
        }
        throw Problem.of(ProblemType.INVALID_REQUEST, name, "is not " + least + "–" + most + ": " + printable(text));
    }

    /// One of an enum's constants in the query, or null if it is not there.
    static <E extends Enum<E>> @Nullable E choice(Context ctx, String name, Class<E> type) {
        var text = ctx.queryParam(name);
        if (text == null) return null;
        for (var constant : type.getEnumConstants()) if (constant.name().equalsIgnoreCase(text)) return constant;
        throw Problem.of(
                ProblemType.INVALID_REQUEST,
                name,
                "is not one of " + Arrays.toString(type.getEnumConstants()) + ": " + printable(text));
    }

    /// The SHA-256 in the path.
    static String sha256(Context ctx) {
        var text = ctx.pathParam("sha256");
        if (!TaskCheck.isSha256(text))
            throw Problem.of(
                    ProblemType.INVALID_REQUEST, "sha256", "is not 64 lower-case hex digits: " + printable(text));
        return text;
    }

    /// The W3C trace context of the request, if it has a valid one.
    static @Nullable String traceparent(Context ctx) {
        var header = ctx.header("traceparent");
        return header != null && TRACEPARENT.matcher(header).matches() ? header : null;
    }

    /// What a stranger sent, fit to be shown and logged.
    static String printable(String text) {
        var short_ = text.length() <= 100 ? text : text.substring(0, 100) + "…";
        return short_.replaceAll("\\p{Cntrl}", "?");
    }

    static void answer(Context ctx, int status, JsonNode json) {
        ctx.status(status).contentType("application/json").result(StrictJson.bytes(json));
    }
}
