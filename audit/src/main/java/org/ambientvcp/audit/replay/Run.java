package org.ambientvcp.audit.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.ambientvcp.audit.log.LogPartition;
import org.jspecify.annotations.Nullable;

/// Entries of one written partition with causes in one source partition, in rising order of their causes. What does not
/// fit into a small buffer goes to a file. One thread at a time.
final class Run {
    private static final int MOST_BUFFERED = 300 * Entry.BYTES;

    private final LogPartition place;
    private final Path file;
    private ByteBuffer buffer = ByteBuffer.allocate(16 * Entry.BYTES);
    private @Nullable FileChannel channel;
    private long stored;

    Run(LogPartition place, Path file) {
        this.place = place;
        this.file = file;
    }

    void add(Entry entry) throws IOException {
        if (buffer.remaining() < Entry.BYTES) {
            if (buffer.capacity() < MOST_BUFFERED)
                buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), Math.min(MOST_BUFFERED, 4 * buffer.capacity())))
                        .position(buffer.position());
            else flush();
        }
        entry.write(buffer);
    }

    private void flush() throws IOException {
        if (channel == null) channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        buffer.flip();
        stored += buffer.remaining();
        while (buffer.hasRemaining()) channel.write(buffer);
        buffer.clear();
    }

    /// No entry follows.
    void end() throws IOException {
        if (channel != null) {
            flush();
            channel.close();
            channel = null;
            buffer = ByteBuffer.allocate(0);
        } else {
            buffer.flip();
        }
    }

    Reader read() throws IOException {
        return new Reader();
    }

    /// Reads an ended run once.
    final class Reader implements Comparable<Reader>, AutoCloseable {
        private final @Nullable FileChannel in;
        private ByteBuffer ahead;
        private @Nullable Entry head;

        private Reader() throws IOException {
            in = stored > 0 ? FileChannel.open(file, StandardOpenOption.READ) : null;
            ahead = in == null
                    ? buffer.duplicate()
                    : ByteBuffer.allocate(MOST_BUFFERED).flip();
            advance();
        }

        /// The next entry; null behind the last.
        @Nullable
        Entry head() {
            return head;
        }

        void advance() throws IOException {
            if (!ahead.hasRemaining() && in != null) {
                ahead.clear();
                while (ahead.hasRemaining() && in.read(ahead) >= 0) {} // a full buffer or the end
                ahead.flip();
            }
            head = ahead.hasRemaining() ? Entry.read(place, ahead) : null;
        }

        @Override
        public int compareTo(Reader other) {
            if (head == null) return other.head == null ? 0 : 1;
            if (other.head == null) return -1;
            return head.compareTo(other.head);
        }

        @Override
        public void close() throws IOException {
            if (in != null) in.close();
        }
    }
}
