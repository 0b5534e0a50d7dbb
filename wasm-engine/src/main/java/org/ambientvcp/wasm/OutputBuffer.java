package org.ambientvcp.wasm;

import java.io.ByteArrayOutputStream;

/// Output and the kept part of standard error of one run.
final class OutputBuffer {
    static final int STDERR_BYTES = 4_096;

    private final int limit;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    OutputBuffer(int limit) {
        this.limit = limit;
    }

    /// Ends the run if the output would be longer than allowed; nothing of the bytes is kept then.
    void ensureRoom(long count) {
        if (count > limit - output.size())
            throw Stop.because(Outcome.LIMIT_EXCEEDED, "more than " + limit + " bytes of output");
    }

    /// After [#ensureRoom].
    void write(byte[] bytes) {
        output.write(bytes, 0, bytes.length);
    }

    void writeError(byte[] bytes) {
        stderr.write(bytes, 0, Math.min(bytes.length, STDERR_BYTES - stderr.size()));
    }

    Bytes output() {
        return Bytes.owning(output.toByteArray());
    }

    Bytes stderr() {
        return Bytes.owning(stderr.toByteArray());
    }
}
