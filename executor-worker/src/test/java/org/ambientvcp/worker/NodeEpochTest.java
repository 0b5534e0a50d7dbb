package org.ambientvcp.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeEpochTest {
    @TempDir
    private Path directory;

    @Test
    void isTheClockAtFirst() throws IOException {
        assertThat(NodeEpoch.next(file(), 1_000)).isEqualTo(1_000);
    }

    @Test
    void growsThoughTheClockWasSetBack() throws IOException {
        NodeEpoch.next(file(), 1_000);

        assertThat(NodeEpoch.next(file(), 400)).isEqualTo(1_001);
        assertThat(NodeEpoch.next(file(), 400)).isEqualTo(1_002);
        assertThat(NodeEpoch.next(file(), 5_000)).isEqualTo(5_000);
    }

    @Test
    void aDamagedFileIsNotOverwritten() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "soon");

        assertThatThrownBy(() -> NodeEpoch.next(file(), 1_000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("node.epoch does not hold a number");
        assertThat(file()).hasContent("soon");
    }

    private Path file() {
        return directory.resolve("data/node.epoch");
    }
}
