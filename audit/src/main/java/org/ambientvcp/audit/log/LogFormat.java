package org.ambientvcp.audit.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// The bytes of an exported partition: the eight bytes `VCPLOG01`, then record after record, all numbers big-endian:
///
/// ```text
/// int32  length of what follows
/// int64  offset
/// int64  timestamp, milliseconds since 1970
/// int8   0 = the producer's time, 1 = the broker's
/// int32  length of the key, -1 = none; key
/// int32  length of the value, -1 = none; value
/// each header until the end: int16 length of the name, name in UTF-8, int32 length of the value, -1 = none, value
/// ```
public final class LogFormat {
    static final byte[] MAGIC = "VCPLOG01".getBytes(StandardCharsets.US_ASCII);
    static final int FIXED = 8 + 8 + 1 + 4 + 4;
    /// More than the largest record and its headers.
    static final int MOST_BYTES = 64 * 1024 * 1024;

    private LogFormat() {}

    /// Headers in their exported form.
    public static byte[] headers(Iterable<Header> headers) {
        var out = new ByteArrayOutputStream(256);
        for (var header : headers) {
            var name = header.key().getBytes(StandardCharsets.UTF_8);
            var value = header.value();
            var bytes = ByteBuffer.allocate(2 + name.length + 4 + (value == null ? 0 : value.length))
                    .putShort((short) name.length)
                    .put(name)
                    .putInt(value == null ? -1 : value.length);
            if (value != null) bytes.put(value);
            out.writeBytes(bytes.array());
        }
        return out.toByteArray();
    }

    static int size(LoggedRecord record) {
        return FIXED + length(record.key()) + length(record.value()) + record.headers().length;
    }

    static void write(ByteBuffer out, LoggedRecord record) {
        out.putInt(size(record))
                .putLong(record.offset())
                .putLong(record.timestamp())
                .put((byte) (record.appendTime() ? 1 : 0));
        put(out, record.key());
        put(out, record.value());
        out.put(record.headers());
    }

    private static void put(ByteBuffer out, byte @Nullable [] bytes) {
        out.putInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) out.put(bytes);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
