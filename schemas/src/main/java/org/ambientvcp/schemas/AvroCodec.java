package org.ambientvcp.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/// Avro's binary encoding of our records. Thread-safe.
///
/// The direct encoder writes one canonical byte string per record: no maps occur in our schemas and
/// arrays are one block, so equal records have equal bytes on every machine.
public final class AvroCodec {
    /// Bytes. No record of ours holds a longer string or byte string; longer lengths are hostile.
    public static final int MAX_LENGTH = 4 * 1024 * 1024;
    /// No record of ours holds a longer array. Items of a hostile writer schema may take no bytes at all, so the
    /// length of the input does not bound them.
    private static final int MAX_ITEMS = 64 * 1024;

    static {
        // Read once by Avro when its decoder is first used: a length prefix alone must not allocate gigabytes.
        System.setProperty("org.apache.avro.limits.bytes.maxLength", Integer.toString(MAX_LENGTH));
        System.setProperty("org.apache.avro.limits.string.maxLength", Integer.toString(MAX_LENGTH));
        System.setProperty("org.apache.avro.limits.collectionItems.maxLength", Integer.toString(MAX_ITEMS));
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.DEFAULT, type -> type.getPackageName().equals("org.ambientvcp.events")));
    }

    private AvroCodec() {}

    /// The record's Avro binary, without a schema or a header.
    public static byte[] encode(SpecificRecord datum) {
        var out = new ByteArrayOutputStream(256);
        encode(datum, out);
        return out.toByteArray();
    }

    static void encode(SpecificRecord datum, ByteArrayOutputStream out) {
        try {
            var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new SpecificDatumWriter<SpecificRecord>(datum.getSchema(), SpecificData.getForSchema(datum.getSchema()))
                    .write(datum, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // the stream is in memory
        }
    }

    /// Reads a record written with `writer` as the current version of `type`.
    ///
    /// @throws MalformedEventException if the bytes are not exactly one such record
    public static <T extends SpecificRecord> T decode(Class<T> type, Schema writer, byte[] bytes, int offset) {
        try {
            var reader = schema(type);
            var decoder = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, null);
            var datum = AvroReaders.reader(type, writer, reader).read(null, decoder);
            requireEnd(type, decoder);
            return datum;
        } catch (MalformedEventException already) {
            throw already;
        } catch (IOException | RuntimeException | StackOverflowError hostile) { // a recursive writer schema can nest
            throw new MalformedEventException(type.getSimpleName() + " is not valid Avro: " + reason(hostile), hostile);
        }
    }

    /// Reads a record written with the current version of `type`.
    ///
    /// @throws MalformedEventException if the bytes are not exactly one such record
    public static <T extends SpecificRecord> T decode(Class<T> type, byte[] bytes) {
        return decode(type, schema(type), bytes, 0);
    }

    /// An equal record that shares nothing with the original.
    public static <T extends SpecificRecord> T copy(Class<T> type, T datum) {
        return decode(type, encode(datum));
    }

    /// The current schema of a record type.
    public static Schema schema(Class<? extends SpecificRecord> type) {
        return SpecificData.get().getSchema(type);
    }

    private static void requireEnd(Class<?> type, BinaryDecoder decoder) throws IOException {
        if (!decoder.isEnd()) throw new MalformedEventException(type.getSimpleName() + " has trailing bytes", null);
    }

    private static String reason(Throwable hostile) {
        var message = hostile instanceof AvroRuntimeException && hostile.getCause() != null
                ? hostile.getCause().getMessage()
                : hostile.getMessage();
        return hostile.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    static boolean startsWith(byte[] bytes, byte... prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
