package org.ambientvcp.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong();

    @Test
    void aNewKeyOpensItsCallerAndNoOtherTextDoes() throws Exception {
        var file = folder.resolve("deep/keys");
        var key = ApiKeys.create(file, "ci", "acme", Set.of(Role.USER, Role.NODE), RANDOM);

        var keys = ApiKeys.load(file, now::get);

        assertThat(keys.find(key)).contains(new Caller("ci", "acme", Set.of(Role.USER, Role.NODE)));
        assertThat(keys.find(key + "x")).isEmpty();
        assertThat(keys.find(key.substring(0, key.length() - 1))).isEmpty();
        assertThat(keys.find("other" + key.substring(2))).isEmpty();
        assertThat(keys.find("nobody." + "A".repeat(43))).isEmpty();
        assertThat(keys.find("")).isEmpty();
        assertThat(keys.find(".")).isEmpty();
        assertThat(keys.find("ci." + "x".repeat(1_000_000))).isEmpty();
    }

    @Test
    void theFileHoldsNoSecretAndIsItsOwnersOnly() throws Exception {
        var file = folder.resolve("keys");
        var key = ApiKeys.create(file, "ci", "acme", Set.of(Role.ADMIN), RANDOM);

        assertThat(Files.readString(file)).doesNotContain(key.substring(key.indexOf('.') + 1));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(key.substring(key.indexOf('.') + 1)).hasSize(43);
    }

    @Test
    void aFileOthersMayReadIsRefused() throws Exception {
        var file = folder.resolve("keys");
        ApiKeys.create(file, "ci", "acme", Set.of(Role.USER), RANDOM);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> ApiKeys.load(file, now::get))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("rw-r-----")
                .hasMessageContaining("chmod 600");
    }

    @Test
    void aChangedFileIsReadAgainAfterASecond() throws Exception {
        var file = folder.resolve("keys");
        var first = ApiKeys.create(file, "first", "acme", Set.of(Role.USER), RANDOM);
        var keys = ApiKeys.load(file, now::get);
        var second = ApiKeys.create(file, "second", "acme", Set.of(Role.USER), RANDOM);

        assertThat(keys.find(second)).isEmpty();
        now.addAndGet(1_000_000_000L);
        assertThat(keys.find(second)).isPresent();

        Files.writeString(
                file, Files.readString(file).lines().skip(1).findFirst().orElseThrow() + "\n");
        now.addAndGet(1_000_000_000L);
        assertThat(keys.find(first)).isEmpty();
        assertThat(keys.find(second)).isPresent();
    }

    @Test
    void aFileThatBecomesWrongLeavesTheKeysAsTheyWere() throws Exception {
        var file = folder.resolve("keys");
        var key = ApiKeys.create(file, "ci", "acme", Set.of(Role.USER), RANDOM);
        var keys = ApiKeys.load(file, now::get);

        Files.writeString(file, "what is this?");
        now.addAndGet(1_000_000_000L);

        assertThat(keys.find(key)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "not json",
                "{\"id\":\"a b\",\"tenant\":\"t\",\"roles\":[\"user\"],\"salt\":\"\",\"hash\":\"\"}",
                "{\"id\":\"a\",\"tenant\":\"T\",\"roles\":[\"user\"],\"salt\":\"\",\"hash\":\"\"}",
                "{\"id\":\"a\",\"tenant\":\"t\",\"roles\":[\"boss\"],\"salt\":\"\",\"hash\":\"\"}",
                "{\"id\":\"a\",\"tenant\":\"t\",\"roles\":[],\"salt\":\"\",\"hash\":\"\"}",
                "{\"id\":\"a\",\"tenant\":\"t\",\"roles\":[\"user\"],\"salt\":\"zz\",\"hash\":\"\"}",
                "{\"id\":\"a\",\"tenant\":\"t\",\"roles\":[\"user\"],\"salt\":\"00\",\"hash\":\"00\"}",
                "{\"id\":\"a\",\"tenant\":\"t\",\"roles\":[\"user\"],\"salt\":\"\",\"hash\":\"\",\"more\":1}",
            })
    void aWrongLineIsNamed(String line) throws Exception {
        var file = folder.resolve("keys");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "# keys\n\n" + line + "\n");

        assertThatThrownBy(() -> ApiKeys.load(file, now::get))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 3");
    }

    @Test
    void anIdIsThereOnce() throws Exception {
        var file = folder.resolve("keys");
        ApiKeys.create(file, "ci", "acme", Set.of(Role.USER), RANDOM);

        assertThatThrownBy(() -> ApiKeys.create(file, "ci", "other", Set.of(Role.USER), RANDOM))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has a key ci");
        assertThatThrownBy(() -> ApiKeys.create(file, "a.b", "acme", Set.of(Role.USER), RANDOM))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ApiKeys.create(file, "ab", "A", Set.of(Role.USER), RANDOM))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ApiKeys.create(file, "ab", "a", Set.of(), RANDOM))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
