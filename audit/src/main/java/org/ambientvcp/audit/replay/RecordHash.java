package org.ambientvcp.audit.replay;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.schemas.Sha256;

/// First 16 bytes of SHA-256 over all of a record that the rules decide: topic, partition, time, key, Avro bytes. Two
/// records with equal hashes are taken to be equal byte for byte. One thread.
final class RecordHash {
    static final int BYTES = 16;
    private static final int FIXED = 4 + 4 + 8 + 4;

    private final MessageDigest digest = Sha256.newDigest();
    private final byte[] out = new byte[32];
    private ByteBuffer buffer = ByteBuffer.allocate(4096);

    /// @param timestamp 0 where the broker sets it
    /// @param from first byte of the Avro body in `value`
    /// @return the hash; valid until the next call
    byte[] of(LogPartition place, long timestamp, byte[] key, byte[] value, int from) {
        int size = FIXED + key.length + value.length - from;
        if (buffer.capacity() < size) buffer = ByteBuffer.allocate(2 * size);
        buffer.clear()
                .putInt(place.topicNumber())
                .putInt(place.partition())
                .putLong(timestamp)
                .putInt(key.length)
                .put(key)
                .put(value, from, value.length - from);
        digest.update(buffer.array(), 0, buffer.position());
        try {
            digest.digest(out, 0, out.length);
        } catch (DigestException impossible) {
            throw new IllegalStateException(impossible); // there is room for it
        }
        return out;
    }
}
