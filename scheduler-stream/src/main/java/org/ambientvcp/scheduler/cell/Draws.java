package org.ambientvcp.scheduler.cell;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.TaskCheck;

/// Random numbers of one command: hashes of where it stands in the log, so that a replay draws the same
/// and nobody could know them before the command was appended.
final class Draws {
    private final int cell;
    private final long offset;
    private int drawn;

    Draws(int cell, long offset) {
        this.cell = cell;
        this.offset = offset;
    }

    /// First 8 bytes, unsigned, of SHA-256(`vcp/draw/v1` ‖ 0x00 ‖ cell ‖ offset ‖ draw number); numbers big-endian,
    /// of 4, 8 and 4 bytes; draws of one command are numbered from 0.
    long next() {
        var digest = Sha256.newDigest();
        digest.update(domain("vcp/draw/v1"));
        digest.update(ByteBuffer.allocate(16)
                .putInt(cell)
                .putLong(offset)
                .putInt(drawn++)
                .array());
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /// Chance that a result is re-executed, parts per million: certain until a node has ten accepted results in a
    /// row, then falling with their number, but never below 2 % and never above what the task asks for.
    static int spotCheckPpm(int askedPpm, long consecutiveAccepted) {
        if (consecutiveAccepted < 10) return TaskCheck.PPM;
        var falling = Math.max(TaskCheck.MIN_SPOT_CHECK_PPM, askedPpm * 10L / consecutiveAccepted);
        return (int) Math.min(falling, askedPpm);
    }

    /// First 8 bytes, unsigned, of SHA-256(`vcp/spot-check/v1` ‖ 0x00 ‖ cell ‖ offset ‖ append time ‖ result
    /// digest in hex), mod 1,000,000: below the chance means re-execution. The result is in the log before
    /// anybody can know it.
    static int spotCheck(int cell, long offset, long appendedAtEpochMillis, String resultDigest) {
        var digest = Sha256.newDigest();
        digest.update(domain("vcp/spot-check/v1"));
        digest.update(ByteBuffer.allocate(20)
                .putInt(cell)
                .putLong(offset)
                .putLong(appendedAtEpochMillis)
                .array());
        digest.update(resultDigest.getBytes(StandardCharsets.UTF_8));
        return (int) Long.remainderUnsigned(ByteBuffer.wrap(digest.digest()).getLong(), TaskCheck.PPM);
    }

    private static byte[] domain(String name) {
        return (name + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
