package org.ambientvcp.schemas;

import java.nio.ByteBuffer;
import org.ambientvcp.events.DeadLetter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Makes dead letters: nothing that cannot be used is dropped in silence.
public final class DeadLetters {
    /// Bytes kept of a value, of a key, and characters of a reason. More than an honest record has; a letter that is
    /// too large for its own topic could never be sent.
    static final int MAX_VALUE_BYTES = 3 * 1024 * 1024;

    static final int MAX_KEY_BYTES = 64 * 1024;
    static final int MAX_REASON_CHARS = 4_000;

    private DeadLetters() {}

    /// The letter for a record as it came from the broker.
    ///
    /// @param code machine-readable reason: undecodable, bad-signature, replayed, out-of-range, …
    /// @param reason sentence that says which field, what was expected and what came
    /// @param service name of the service that refuses it
    public static DeadLetter of(ConsumerRecord<byte[], byte[]> origin, String code, String reason, String service) {
        return of(
                origin.topic(),
                origin.partition(),
                origin.offset(),
                origin.timestamp(),
                origin.key(),
                origin.value(),
                code,
                reason,
                service);
    }

    public static DeadLetter of(
            String topic,
            int partition,
            long offset,
            long timestampEpochMillis,
            byte @Nullable [] key,
            byte @Nullable [] value,
            String code,
            String reason,
            String service) {
        return new DeadLetter(
                topic,
                partition,
                offset,
                timestampEpochMillis,
                key == null ? null : start(key, MAX_KEY_BYTES),
                value == null ? null : start(value, MAX_VALUE_BYTES),
                code,
                reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS) + "…",
                service);
    }

    private static ByteBuffer start(byte[] bytes, int most) {
        return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, most)).slice();
    }

    /// Key of a dead letter: `topic-partition-offset` of the record it is about.
    public static String key(DeadLetter letter) {
        return letter.getOriginTopic() + "-" + letter.getOriginPartition() + "-" + letter.getOriginOffset();
    }
}
