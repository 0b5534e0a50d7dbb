package org.ambientvcp.audit.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A record with the exact bytes it has on the broker. Its arrays belong to it and are not changed.
public final class LoggedRecord {
    private final long offset;
    private final long timestamp;
    private final boolean appendTime;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final byte[] headers;

    /// @param timestamp milliseconds since 1970
    /// @param appendTime whether the broker set the timestamp, not the producer
    /// @param headers as [LogFormat] writes them
    public LoggedRecord(
            long offset,
            long timestamp,
            boolean appendTime,
            byte @Nullable [] key,
            byte @Nullable [] value,
            byte[] headers) {
        this.offset = offset;
        this.timestamp = timestamp;
        this.appendTime = appendTime;
        this.key = key;
        this.value = value;
        this.headers = headers;
    }

    public long offset() {
        return offset;
    }

    public long timestamp() {
        return timestamp;
    }

    /// What Kafka Streams makes of a time before 1970.
    public long eventTime() {
        return Math.max(0, timestamp);
    }

    public boolean appendTime() {
        return appendTime;
    }

    public byte @Nullable [] key() {
        return key;
    }

    /// The key as text; null if there is none.
    public @Nullable String keyText() {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }

    public byte @Nullable [] value() {
        return value;
    }

    /// All headers, as [LogFormat] writes them.
    public byte[] headers() {
        return headers;
    }

    /// Value of the last header of a name; null if there is none.
    public byte @Nullable [] header(byte[] name) {
        var in = ByteBuffer.wrap(headers);
        byte[] found = null;
        while (in.remaining() >= Short.BYTES) {
            int length = in.getShort();
            boolean wanted = length == name.length
                    && Arrays.equals(headers, in.position(), in.position() + length, name, 0, length);
            in.position(in.position() + length);
            int bytes = in.getInt();
            if (wanted) found = bytes < 0 ? null : Arrays.copyOfRange(headers, in.position(), in.position() + bytes);
            in.position(in.position() + Math.max(0, bytes));
        }
        return found;
    }

    /// The same as text.
    public @Nullable String headerText(String name) {
        var value = header(name.getBytes(StandardCharsets.UTF_8));
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }
}
