package org.ambientvcp.audit.replay;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Byte strings put aside in a file. Thread-safe.
final class Shelf implements AutoCloseable {
    private final FileChannel file;
    private long end;

    Shelf(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /// @return where it is
    synchronized long put(byte[] bytes) throws IOException {
        var place = end;
        var out = ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .flip();
        while (out.hasRemaining()) end += file.write(out, end);
        return place;
    }

    byte[] get(long place) throws IOException {
        var bytes = new byte[read(place, Integer.BYTES).getInt()];
        read(place + Integer.BYTES, bytes.length).get(bytes);
        return bytes;
    }

    private ByteBuffer read(long place, int bytes) throws IOException {
        var in = ByteBuffer.allocate(bytes);
        while (in.hasRemaining())
            if (file.read(in, place + in.position()) < 0) throw new EOFException("nothing is there: " + place);
        return in.flip();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
