package org.ambientvcp.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventHeadersTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void stampsTheAttributesOfACloudEvent() {
        var headers = new RecordHeaders();

        EventHeaders.stamp(headers, "vcp.tasks.v1", null, "abc".getBytes(UTF_8), NOON, "gateway");

        assertThat(EventHeaders.get(headers, "ce_specversion")).isEqualTo("1.0");
        assertThat(EventHeaders.get(headers, "ce_id")).isEqualTo("ba7816bf8f01cfea414140de5dae2223");
        assertThat(EventHeaders.get(headers, "ce_type")).isEqualTo("org.ambientvcp.vcp.tasks.v1");
        assertThat(EventHeaders.get(headers, "ce_source")).isEqualTo("gateway");
        assertThat(EventHeaders.get(headers, "ce_time")).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(EventHeaders.get(headers, "content-type")).isEqualTo("application/avro");
    }

    @Test
    void aSecondStampReplacesTheFirst() {
        var headers = new RecordHeaders();
        EventHeaders.stamp(headers, "vcp.tasks.v1", null, new byte[1], NOON, "one");

        EventHeaders.stamp(headers, "vcp.tasks.v1", null, new byte[1], NOON, "two");

        assertThat(headers.toArray()).hasSize(6);
        assertThat(EventHeaders.get(headers, "ce_source")).isEqualTo("two");
    }

    @Test
    void tombstonesOfTwoKeysAreTwoEvents() {
        var first = new RecordHeaders();
        var second = new RecordHeaders();

        EventHeaders.stamp(first, "vcp.nodes.v1", new byte[] {1}, null, NOON, "x");
        EventHeaders.stamp(second, "vcp.nodes.v1", new byte[] {2}, null, NOON, "x");

        assertThat(EventHeaders.get(first, "ce_id"))
                .startsWith("tombstone-")
                .isNotEqualTo(EventHeaders.get(second, "ce_id"));
    }

    @Test
    void aHeaderThatIsMissingOrEmptyIsNull() {
        var headers = new RecordHeaders();
        headers.add("empty", null);

        assertThat(EventHeaders.get(headers, "absent")).isNull();
        assertThat(EventHeaders.get(headers, "empty")).isNull();
    }
}
