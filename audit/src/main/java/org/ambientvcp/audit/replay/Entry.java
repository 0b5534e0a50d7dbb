package org.ambientvcp.audit.replay;

import java.nio.ByteBuffer;
import org.ambientvcp.audit.log.LogPartition;

/// What the index keeps of one written record.
///
/// @param place where it stands
/// @param offset its offset
/// @param causeOffset offset of the input it was made of
/// @param number its place among all that was made of that input
/// @param hashHigh first half of its [RecordHash]
/// @param hashLow second half
/// @param registration hash of what was known of the node's registration; telemetry only
/// @param sample likewise, of its last sample
/// @param reputation likewise, of its reputation
/// @param home likewise, of where it was moved to
record Entry(
        LogPartition place,
        long offset,
        long causeOffset,
        int number,
        long hashHigh,
        long hashLow,
        int registration,
        int sample,
        int reputation,
        int home)
        implements Comparable<Entry> {
    static final int BYTES = 8 + 8 + 4 + 16 + 16;
    /// Number of a cell's summary, which is no answer to a command: its cause is the last command in it.
    static final int SUMMARY = Integer.MAX_VALUE;

    static Entry read(LogPartition place, ByteBuffer in) {
        return new Entry(
                place,
                in.getLong(),
                in.getLong(),
                in.getInt(),
                in.getLong(),
                in.getLong(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt());
    }

    void write(ByteBuffer out) {
        out.putLong(offset)
                .putLong(causeOffset)
                .putInt(number)
                .putLong(hashHigh)
                .putLong(hashLow)
                .putInt(registration)
                .putInt(sample)
                .putInt(reputation)
                .putInt(home);
    }

    boolean hasHash(byte[] hash) {
        var in = ByteBuffer.wrap(hash);
        return in.getLong() == hashHigh && in.getLong() == hashLow;
    }

    @Override
    public int compareTo(Entry other) {
        int byCause = Long.compare(causeOffset, other.causeOffset);
        if (byCause != 0) return byCause;
        int byNumber = Integer.compare(number, other.number);
        return byNumber != 0 ? byNumber : Long.compare(offset, other.offset);
    }
}
