package org.ambientvcp.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CauseTest {
    @Test
    void isReadAsItWasWritten() {
        var cause = new Cause("vcp.cell-commands.v1", 3, 12_345_678_901L, 2);
        var headers = cause.in(new RecordHeaders());

        assertThat(headers.lastHeader(EventHeaders.CAUSE).value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("vcp.cell-commands.v1-3-12345678901/2");
        assertThat(parse(cause.toString())).isEqualTo(cause);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "-",
                "a-1-2",
                "a-1/2",
                "1-2/3",
                "-1-2/3",
                "a--1-2/3",
                "a-1-2/",
                "a-1-/3",
                "a--2/3",
                "a-01-2/3",
                "a-1-+2/3",
                "a-1-2/3 ",
                "a-1-9999999999999999999/0",
                "a-4294967296-1/0",
                "a-1-2/4294967296"
            })
    void whatIsNotSoWrittenIsNone(String text) {
        var parsed = parse(text);

        assertThat(parsed == null || parsed.toString().equals(text)).isTrue();
        if (!text.startsWith("a--1")) assertThat(parsed).isNull();
    }

    private static @Nullable Cause parse(String text) {
        return Cause.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
