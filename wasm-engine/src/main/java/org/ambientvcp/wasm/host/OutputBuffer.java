package org.ambientvcp.wasm.host;

import java.io.ByteArrayOutputStream;
import org.ambientvcp.wasm.Bytes;
import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.machine.Stop;

/// Output and the kept part of standard error of one run.
public final class OutputBuffer {
    public static final int STDERR_BYTES = 4_096;

    private final int limit;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    public OutputBuffer(int limit) {
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

    public Bytes output() {
        return Bytes.of(output.toByteArray());
    }

    public Bytes stderr() {
        return Bytes.of(stderr.toByteArray());
    }
}
