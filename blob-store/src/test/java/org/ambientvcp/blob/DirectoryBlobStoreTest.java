package org.ambientvcp.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryBlobStoreTest {

    /// SHA-256 of "abc", FIPS 180-4 example.
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path root;

    @Test
    void givesBackWhatWasPut() {
        var store = new DirectoryBlobStore(root);

        var name = store.put("abc".getBytes(UTF_8));

        assertThat(name).isEqualTo(ABC);
        assertThat(store.get(ABC)).asString(UTF_8).isEqualTo("abc");
        assertThat(store.contains(ABC)).isTrue();
        assertThat(root.resolve("ba").resolve(ABC)).exists();
    }

    @Test
    void keepsTheEmptyBlob() {
        var store = new DirectoryBlobStore(root);

        var name = store.put(new byte[0]);

        assertThat(store.get(name)).isEmpty();
    }

    @Test
    void isSharedByEveryStoreOnTheSameFolder() {
        new DirectoryBlobStore(root).put("abc".getBytes(UTF_8));

        assertThat(new DirectoryBlobStore(root).get(ABC)).hasSize(3);
    }

    @Test
    void saysWhichBlobIsMissing() {
        var store = new DirectoryBlobStore(root);

        assertThat(store.contains(ABC)).isFalse();
        assertThatThrownBy(() -> store.get(ABC))
                .isInstanceOfSatisfying(
                        BlobMissingException.class, e -> assertThat(e.sha256()).isEqualTo(ABC))
                .hasMessageContaining(root.toString());
    }

    @Test
    void neverReturnsACorruptedFileAndNamesIt() throws IOException {
        var store = new DirectoryBlobStore(root);
        store.put("abc".getBytes(UTF_8));
        var file = root.resolve("ba").resolve(ABC);
        Files.writeString(file, "abd");

        assertThatThrownBy(() -> store.get(ABC))
                .isInstanceOfSatisfying(
                        BlobCorruptedException.class,
                        e -> assertThat(e.sha256()).isEqualTo(ABC))
                .hasMessageContaining(file.toString());
    }

    @Test
    void putHealsACorruptedFile() throws IOException {
        var store = new DirectoryBlobStore(root);
        store.put("abc".getBytes(UTF_8));
        Files.writeString(root.resolve("ba").resolve(ABC), "ab");

        store.put("abc".getBytes(UTF_8));

        assertThat(store.get(ABC)).asString(UTF_8).isEqualTo("abc");
    }

    @Test
    void acceptsExactlyTheLimitAndNotOneByteMore() {
        var store = new DirectoryBlobStore(root, 3);

        assertThat(store.put(new byte[3])).hasSize(64);
        assertThatThrownBy(() -> store.put(new byte[4]))
                .isInstanceOf(BlobTooLargeException.class)
                .hasMessage("blob has 4 bytes, the store takes 3");
    }

    @Test
    void doesNotReadAFileBeyondTheLimit() {
        var name = new DirectoryBlobStore(root, 100).put(new byte[100]);
        var reader = new DirectoryBlobStore(root, 99);

        assertThatThrownBy(() -> reader.get(name)).isInstanceOf(BlobTooLargeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../../etc/passwd",
                "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
                "../816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a\n",
            })
    void refusesWhatIsNoName(String name) {
        var store = new DirectoryBlobStore(root);

        assertThatIllegalArgumentException().isThrownBy(() -> store.get(name));
        assertThatIllegalArgumentException().isThrownBy(() -> store.contains(name));
        assertThat(BlobName.isValid(name)).isFalse();
    }

    @Test
    void leavesNoTemporaryFileBehind() throws IOException {
        new DirectoryBlobStore(root).put("abc".getBytes(UTF_8));

        try (var files = Files.list(root.resolve("tmp"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void manyWritersOfOneBlobAgree() throws Exception {
        var bytes = new byte[100_000];
        Callable<String> put = () -> new DirectoryBlobStore(root).put(bytes);
        var writers = new ArrayList<Callable<String>>();
        for (var i = 0; i < 16; i++) writers.add(put);

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var writer : threads.invokeAll(writers)) {
                assertThat(writer.get()).isEqualTo(BlobName.of(bytes));
            }
        }

        assertThat(new DirectoryBlobStore(root).get(BlobName.of(bytes))).isEqualTo(bytes);
    }

    @Test
    void saysThatTheFolderCannotBeCreated() throws IOException {
        var file = Files.writeString(root.resolve("file"), "");

        assertThatThrownBy(() -> new DirectoryBlobStore(file.resolve("blobs")))
                .isInstanceOf(BlobStoreException.class)
                .hasMessageContaining(file.toString());
    }
}
