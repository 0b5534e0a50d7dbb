package org.ambientvcp.wasm.host;

import org.ambientvcp.wasm.Bytes;

/// The input of a run, by offset or as a stream. Offsets and lengths are unsigned.
final class InputReader {
    private final Bytes input;
    private int position;

    InputReader(Bytes input) {
        this.input = input;
    }

    int size() {
        return input.size();
    }

    /// How many of `length` bytes from `offset` there are.
    int availableAt(int offset, int length) {
        var from = Math.min(Integer.toUnsignedLong(offset), input.size());
        return (int) Math.min(Integer.toUnsignedLong(length), input.size() - from);
    }

    /// Bytes that [#availableAt] has said there are.
    byte[] at(int offset, int available) {
        var bytes = new byte[available];
        if (available > 0) input.copyTo(bytes, offset, available);
        return bytes;
    }

    /// How many of `length` bytes the stream still has.
    int available(int length) {
        return availableAt(position, length);
    }

    /// The next bytes of the stream; [#available] has said there are that many.
    byte[] next(int available) {
        var bytes = at(position, available);
        position += available;
        return bytes;
    }
}
