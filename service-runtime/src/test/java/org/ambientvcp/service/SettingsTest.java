package org.ambientvcp.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.ambientvcp.schemas.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final String NAME = "VCP_X";

    private static Settings with(String value) {
        return new Settings(Map.of(NAME, value));
    }

    @Test
    void textIsStripped() {
        assertThat(with(" a b ").text(NAME)).isEqualTo("a b");
        assertThat(with("a").text(NAME, "b")).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void blankIsNotSet(String blank) {
        assertThat(with(blank).find(NAME)).isNull();
        assertThat(with(blank).text(NAME, "fallback")).isEqualTo("fallback");
        assertThat(with(blank).integer(NAME, 7, 0, 9)).isEqualTo(7);
        assertRefused(() -> with(blank).text(NAME), "VCP_X is not set");
    }

    @ParameterizedTest
    @CsvSource({"1", "1024", "'7 '"})
    void numbersInRange(String value) {
        assertThat(with(value).integer(NAME, 5, 1, 1024)).isEqualTo(Integer.parseInt(value.strip()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1025", "-1", "abc", "1.5", "0x10", "99999999999999999999"})
    void otherNumbersAreRefusedNamingTheRange(String value) {
        assertRefused(() -> with(value).integer(NAME, 5, 1, 1024), "VCP_X is not 1–1024: " + value);
    }

    @Test
    void durationsAreMilliseconds() {
        assertThat(with("250").millis(NAME, 1, 0, 1000)).isEqualTo(Duration.ofMillis(250));
        assertThat(with("").millis(NAME, 1, 0, 1000)).isEqualTo(Duration.ofMillis(1));
    }

    @ParameterizedTest
    @CsvSource({"true,true", "YES,true", "1,true", "false,false", "No,false", "0,false"})
    void flags(String value, boolean flag) {
        assertThat(with(value).flag(NAME, !flag)).isEqualTo(flag);
    }

    @Test
    void aFlagThatIsNeitherIsRefused() {
        assertThat(with("").flag(NAME, true)).isTrue();
        assertRefused(() -> with("on").flag(NAME, true), "VCP_X is not true or false: on");
    }

    @Test
    void choicesInAnyCase() {
        assertThat(with("by-key").choice(NAME, Topic.Partitioning.class, Topic.Partitioning.BY_CELL))
                .isEqualTo(Topic.Partitioning.BY_KEY);
        assertThat(with("").choice(NAME, Topic.Partitioning.class, Topic.Partitioning.BY_CELL))
                .isEqualTo(Topic.Partitioning.BY_CELL);
        assertRefused(
                () -> with("random").choice(NAME, Topic.Partitioning.class, Topic.Partitioning.BY_KEY),
                "VCP_X is not one of BY_KEY, BY_CELL: random");
    }

    @Test
    void lists() {
        assertThat(with("a, b,,c ,").list(NAME)).containsExactly("a", "b", "c");
        assertThat(with("").list(NAME)).isEmpty();
    }

    @Test
    void urls() {
        assertThat(with("http://h:8081/a").url(NAME)).isEqualTo(URI.create("http://h:8081/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8081", "/a", "http://", "http:// x", "mailto:a@b"})
    void whatIsNoUrlIsRefused(String value) {
        assertRefused(() -> with(value).url(NAME), "VCP_X is not a URL such as http://host:8081: " + value);
    }

    @Test
    void aPasswordIsNotRepeated() {
        assertRefused(
                () -> with("http://ann:secret@ho st").url(NAME),
                "VCP_X is not a URL such as http://host:8081: http://…@ho st");
    }

    @Test
    void clientSettingsByPrefix() {
        var settings = new Settings(Map.of(
                "VCP_KAFKA_SECURITY_PROTOCOL",
                "SSL",
                "VCP_KAFKA_SASL_MECHANISM",
                " ",
                "VCP_KAFKA_",
                "x",
                "OTHER",
                "y"));

        assertThat(settings.clientProperties("VCP_KAFKA_")).isEqualTo(Map.of("security.protocol", "SSL"));
        assertThat(settings.unread()).isEmpty();
    }

    @Test
    void whatNobodyReadIsMostLikelyMisspelt() {
        var settings = new Settings(Map.of("VCP_A", "1", "VCP_B", "2", "HOME", "/"));

        settings.text("VCP_A");

        assertThat(settings.unread()).containsExactly("VCP_B");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading, String message) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(reading)
                .withMessage(message);
    }
}
