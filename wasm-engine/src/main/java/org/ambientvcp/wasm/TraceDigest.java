package org.ambientvcp.wasm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;

/// SHA-256 of a run's trace. The trace is a stream of bytes, all numbers little-endian:
///
/// ```text
/// "vcp/trace/v1" 0x00, SHA-256 of the module (32 bytes), then for every executed instruction
///   its offset in the module                        4 bytes
///   if it is a store: its address operand           4 bytes
///                     its value operand             8 bytes, i32 and f32 with zeros above
/// ```
final class TraceDigest {
    private static final byte[] DOMAIN = "vcp/trace/v1\0".getBytes(US_ASCII);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FLUSH_AT = 8_192;
    private static final int MOST_AT_ONCE = 16;

    private final MessageDigest digest = Sha256.start();
    private final byte[] buffer = new byte[FLUSH_AT + MOST_AT_ONCE];
    private int filled;

    TraceDigest(byte[] moduleSha256) {
        digest.update(DOMAIN);
        digest.update(moduleSha256);
    }

    void instruction(int offset) {
        var at = filled;
        if (at >= FLUSH_AT) at = flush();
        INT.set(buffer, at, offset);
        filled = at + 4;
    }

    /// Follows the store's [#instruction].
    void store(int address, long value) {
        INT.set(buffer, filled, address);
        LONG.set(buffer, filled + 4, value);
        filled += 12;
    }

    /// Digest of the trace so far, lower-case hex; the trace may go on.
    String hex() {
        flush();
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the platform's SHA-256 can be cloned", e);
        }
    }

    private int flush() {
        digest.update(buffer, 0, filled);
        filled = 0;
        return 0;
    }
}
