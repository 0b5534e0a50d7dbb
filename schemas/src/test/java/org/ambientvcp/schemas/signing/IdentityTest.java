package org.ambientvcp.schemas.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    @Test
    void idsArePinned() {
        assertThat(Identity.ofSecretKey(new byte[32]).id()).isEqualTo("n139e3940e64b5491722088d9a0d74162");
        assertThat(NodeId.isWellFormed("n" + "0f".repeat(16))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n", "n0F0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f", "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0", "n1\n"})
    void whatIsNoNodeId(String text) {
        assertThat(NodeId.isWellFormed(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void aSecretKeyHas32Bytes(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identity.ofSecretKey(new byte[length]))
                .withMessage("secret key is not 32 bytes: " + length);
    }

    @Test
    void isMadeOnceForItsOwnerOnly() throws IOException {
        var file = folder.resolve("deep/er/node.key");

        var made = Identity.loadOrCreate(file, RANDOM);

        assertThat(Identity.loadOrCreate(file, RANDOM).id()).isEqualTo(made.id());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).matches("[0-9a-f]{64}\n");
    }

    @Test
    void aKeyThatMayOnlyBeReadIsRead() throws IOException {
        var file = folder.resolve("node.key");
        var made = Identity.loadOrCreate(file, RANDOM);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

        assertThat(Identity.loadOrCreate(file, RANDOM).id()).isEqualTo(made.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rwx------", "rw--w----"})
    void aKeyThatOthersMayUseIsRefused(String permissions) throws IOException {
        var file = folder.resolve("node.key");
        Identity.loadOrCreate(file, RANDOM);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Identity.loadOrCreate(file, RANDOM))
                .withMessageContaining(file.toString())
                .withMessageContaining(permissions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "00", "zz", "\n", "ünïcödé", "long"})
    void anythingElseIsRefusedAndLeftAlone(String content) throws IOException {
        var file = folder.resolve("node.key");
        var bytes = (content.equals("long") ? "00".repeat(100_000) : content).getBytes(UTF_8);
        Files.write(file, bytes);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Identity.loadOrCreate(file, RANDOM))
                .withMessage("key file " + file + " does not hold 64 hex digits");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void anEmptyFileIsWhatAStoppedMakerLeft() throws IOException {
        var file = folder.resolve("node.key");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));

        var made = Identity.loadOrCreate(file, RANDOM);

        assertThat(Identity.loadOrCreate(file, RANDOM).id()).isEqualTo(made.id());
    }

    @Test
    void threadsThatStartAtOnceGetOneIdentity() throws Exception {
        for (int round = 0; round < 20; round++) {
            var file = folder.resolve("node-" + round + ".key");
            var ids = new HashSet<String>();
            try (var threads = Executors.newFixedThreadPool(8)) {
                var starting = new ArrayList<Future<String>>();
                for (int i = 0; i < 8; i++)
                    starting.add(threads.submit(
                            () -> Identity.loadOrCreate(file, RANDOM).id()));
                for (var one : starting) ids.add(one.get());
            }
            assertThat(ids).hasSize(1);
        }
    }

    @Test
    void processesThatStartAtOnceGetOneIdentity() throws Exception {
        var file = folder.resolve("node.key");
        var processes = new ArrayList<Process>();
        for (int i = 0; i < 3; i++)
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            PrintIdentity.class.getName(),
                            file.toString())
                    .redirectErrorStream(true)
                    .start());

        var ids = new HashSet<String>();
        for (var process : processes) {
            ids.add(new String(process.getInputStream().readAllBytes(), UTF_8).strip());
            assertThat(process.waitFor()).isZero();
        }

        assertThat(ids).containsExactly(Identity.loadOrCreate(file, RANDOM).id());
    }

    /// What each of the processes runs.
    static final class PrintIdentity {
        private PrintIdentity() {}

        @SuppressWarnings("SystemOut") // what the test reads
        public static void main(String[] arguments) throws IOException {
            System.out.println(Identity.loadOrCreate(new File(arguments[0]).toPath(), RANDOM)
                    .id());
        }
    }
}
