package org.ambientvcp.schemas;

import java.nio.ByteBuffer;

/// Between Avro's buffers and byte arrays.
public final class Bytes {
    private Bytes() {}

    /// A copy of what a buffer holds; the buffer is left as it was.
    public static byte[] of(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
