package org.ambientvcp.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads one exported partition from its beginning, or on from a position. One thread.
public final class LogFileReader implements AutoCloseable {
    private static final int BUFFER = 256 * 1024;

    private final Path path;
    private final FileChannel file;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();
    private long position;

    public LogFileReader(Path path) throws IOException {
        this.path = path;
        file = FileChannel.open(path, StandardOpenOption.READ);
        if (!fill(LogFormat.MAGIC.length)) throw broken("it is no exported log");
        var magic = new byte[LogFormat.MAGIC.length];
        take(magic.length).get(magic);
        if (!Arrays.equals(magic, LogFormat.MAGIC)) throw broken("it is no exported log");
    }

    /// The next record; null behind the last.
    ///
    /// @throws IOException if the file is cut off or is not what [LogFormat] describes
    public @Nullable LoggedRecord next() throws IOException {
        if (!fill(Integer.BYTES)) {
            if (buffer.hasRemaining()) throw broken("it is cut off");
            return null;
        }
        int length = buffer.getInt(buffer.position());
        if (length < LogFormat.FIXED || length > LogFormat.MOST_BYTES) throw broken("a record is " + length + " bytes");
        if (!fill(Integer.BYTES + length)) throw broken("it is cut off");
        take(Integer.BYTES);
        return record(take(length));
    }

    private LoggedRecord record(ByteBuffer in) throws IOException {
        var offset = in.getLong();
        var timestamp = in.getLong();
        var appendTime = in.get() != 0;
        var key = bytes(in);
        var value = bytes(in);
        var headers = new byte[in.remaining()];
        in.get(headers);
        requireHeaders(headers);
        return new LoggedRecord(offset, timestamp, appendTime, key, value, headers);
    }

    private byte @Nullable [] bytes(ByteBuffer in) throws IOException {
        if (in.remaining() < Integer.BYTES) throw broken("a record is cut off");
        int length = in.getInt();
        if (length < -1 || length > in.remaining()) throw broken("a record is cut off");
        if (length < 0) return null;
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private void requireHeaders(byte[] headers) throws IOException {
        var in = ByteBuffer.wrap(headers);
        while (in.hasRemaining()) {
            if (in.remaining() < Short.BYTES) throw broken("a header is cut off");
            int name = in.getShort();
            if (name < 0 || name > in.remaining() - Integer.BYTES) throw broken("a header is cut off");
            in.position(in.position() + name);
            int value = in.getInt();
            if (value < -1 || value > in.remaining()) throw broken("a header is cut off");
            in.position(in.position() + Math.max(0, value));
        }
    }

    private ByteBuffer take(int bytes) {
        var taken = buffer.slice(buffer.position(), bytes);
        buffer.position(buffer.position() + bytes);
        position += bytes;
        return taken;
    }

    /// Makes so many bytes available; false if the file ends before.
    private boolean fill(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) return true;
        if (buffer.capacity() < bytes) {
            var larger = ByteBuffer.allocate(Math.max(bytes, 2 * buffer.capacity()));
            larger.put(buffer);
            buffer = larger;
        } else buffer.compact();
        while (buffer.position() < bytes && file.read(buffer) >= 0) {} // read until there is enough
        buffer.flip();
        return buffer.remaining() >= bytes;
    }

    private IOException broken(String why) {
        return new IOException(path + " at byte " + position + ": " + why);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
