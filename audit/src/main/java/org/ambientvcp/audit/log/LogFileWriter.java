package org.ambientvcp.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes one exported partition. One thread.
public final class LogFileWriter implements AutoCloseable {
    private static final int BUFFER = 256 * 1024;

    private final FileChannel file;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    /// @throws IOException if the file exists or cannot be written
    public LogFileWriter(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        buffer.put(LogFormat.MAGIC);
    }

    public void write(LoggedRecord record) throws IOException {
        int bytes = 4 + LogFormat.size(record);
        if (buffer.remaining() < bytes) flush();
        if (buffer.capacity() < bytes) buffer = ByteBuffer.allocate(bytes);
        LogFormat.write(buffer, record);
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) file.write(buffer);
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        try (file) {
            flush();
        }
    }
}
