package org.ambientvcp.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    @Test
    void keepsTheOriginalBytesAndWhereTheyCameFrom() {
        var origin = new ConsumerRecord<>("vcp.tasks.v1", 3, 42L, "k".getBytes(UTF_8), "v".getBytes(UTF_8));

        var letter = DeadLetters.of(origin, "undecodable", "expected Avro", "intake");

        assertThat(DeadLetters.key(letter)).isEqualTo("vcp.tasks.v1-3-42");
        assertThat(letter.getKey())
                .isNotNull()
                .satisfies(key -> assertThat(Bytes.of(key)).isEqualTo(new byte[] {'k'}));
        assertThat(letter.getValue())
                .isNotNull()
                .satisfies(value -> assertThat(Bytes.of(value)).isEqualTo(new byte[] {'v'}));
        assertThat(letter.getReason()).isEqualTo("expected Avro");
    }

    @Test
    void keepsNullsNull() {
        var letter = DeadLetters.of("t", 0, 0, 0, null, null, "c", "r", "s");

        assertThat(letter.getKey()).isNull();
        assertThat(letter.getValue()).isNull();
    }

    @Test
    void isNeverTooLargeForItsTopic() {
        var huge = new byte[TopicAdmin.MAX_RECORD_BYTES];

        var letter = DeadLetters.of("t", 0, 0, 0, huge, huge, "c", "r".repeat(1_000_000), "s");

        assertThat(AvroCodec.encode(letter).length).isLessThan(TopicAdmin.MAX_RECORD_BYTES - 1024);
        assertThat(AvroCodec.decode(letter.getClass(), AvroCodec.encode(letter)))
                .isEqualTo(letter);
    }
}
