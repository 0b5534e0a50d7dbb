package org.ambientvcp.schemas;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.specific.SpecificRecord;

/// Avro's single-object encoding: 0xC3 0x01, the schema's 64-bit Rabin fingerprint (little-endian),
/// the Avro binary. Used where bytes must say themselves how to read them: signed payloads and the
/// values of state stores. Thread-safe.
public final class SingleObject {
    private static final byte MARK_0 = (byte) 0xC3;
    private static final byte MARK_1 = 0x01;
    private static final int HEADER = 10;

    private SingleObject() {}

    public static byte[] encode(SpecificRecord datum) {
        var out = new ByteArrayOutputStream(256);
        var fingerprint = SchemaVersions.fingerprint(datum.getSchema());
        out.writeBytes(ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MARK_0)
                .put(MARK_1)
                .putLong(fingerprint)
                .array());
        AvroCodec.encode(datum, out);
        return out.toByteArray();
    }

    /// Reads a record of `type`, written with its current schema or any earlier one.
    ///
    /// @throws MalformedEventException if the bytes are anything else, trailing bytes included
    public static <T extends SpecificRecord> T decode(Class<T> type, byte[] bytes) {
        if (bytes.length < HEADER || !AvroCodec.startsWith(bytes, MARK_0, MARK_1))
            throw new MalformedEventException(
                    "expected a single-object encoded " + type.getSimpleName() + ", got " + bytes.length
                            + " bytes without its header",
                    null);
        var fingerprint =
                ByteBuffer.wrap(bytes, 2, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
        var writer = SchemaVersions.of(type).get(fingerprint);
        if (writer == null)
            throw new MalformedEventException(
                    "expected " + type.getSimpleName() + ", got a record of unknown schema "
                            + Long.toHexString(fingerprint),
                    null);
        return AvroCodec.decode(type, writer, bytes, HEADER);
    }
}
