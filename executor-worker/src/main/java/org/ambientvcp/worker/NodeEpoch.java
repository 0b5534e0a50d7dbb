package org.ambientvcp.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Numbers the starts of a node. Events carry the epoch, and what is of an older one is refused as a replay,
/// so the epoch must grow with every start, also when the clock was set back in between.
final class NodeEpoch {
    private NodeEpoch() {}

    /// The epoch of this start: the clock, or one more than the last if that is later. It is on disk when
    /// this returns.
    ///
    /// @throws IOException if the file cannot be read or written, or holds anything but a number
    static long next(Path file, long nowEpochMillis) throws IOException {
        var epoch = Math.max(last(file) + 1, nowEpochMillis);
        Files.createDirectories(file.toAbsolutePath().getParent());
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap((epoch + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return epoch;
    }

    private static long last(Path file) throws IOException {
        try {
            var text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            var epoch = Long.parseLong(text);
            if (epoch < 0 || epoch == Long.MAX_VALUE) throw new NumberFormatException("out of range");
            return epoch;
        } catch (NoSuchFileException first) {
            return -1;
        } catch (NumberFormatException damaged) {
            throw new IOException("epoch file " + file + " does not hold a number", damaged);
        }
    }
}
