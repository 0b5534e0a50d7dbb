package org.ambientvcp.stark.merkle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.hash.Blake2s;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.hash.KeyedStream;
import org.ambientvcp.stark.hash.LaneHash;
import org.ambientvcp.stark.hash.Purpose;
import org.jspecify.annotations.Nullable;

/// The rows that leaves are hashes of, and their salts.
///
/// The salt of a row is half a block of the stream: 512 rows after one another are the first halves of 256 blocks, then
/// the second halves. Blocks of a height are numbered from 2^32 times its logarithm. So nothing has to be kept.
final class LeafRows {
    private static final int LANES = LaneHash.LANES;

    private final Map<Integer, List<Column>> columns = new HashMap<>();
    private final @Nullable KeyedStream salts;

    LeafRows(List<Matrix> matrices, @Nullable KeyedStream salts) {
        for (var matrix : matrices)
            columns.computeIfAbsent(matrix.logRows(), _ -> new ArrayList<>()).addAll(matrix.columns());
        this.salts = salts;
    }

    List<Column> columns(int logRows) {
        return columns.getOrDefault(logRows, List.of());
    }

    @Nullable
    KeyedStream salts() {
        return salts;
    }

    /// In canonical form.
    int[] values(int logRows, int position) {
        var row = columns(logRows);
        var values = new int[row.size()];
        for (var i = 0; i < values.length; i++)
            values[i] = BabyBear.toCanonical(row.get(i).values()[index(row.get(i), logRows, position)]);
        return values;
    }

    static int index(Column column, int logRows, int position) {
        return column.start() + (position >>> logRows) * column.stride() + (position & ((1 << logRows) - 1));
    }

    /// 4 words, or none.
    int[] salt(int logRows, int position) {
        if (salts == null) return new int[0];
        var block = salts.block(firstSaltBlock(logRows, position) + position % LANES);
        var salt = new int[TreeShape.SALT_WORDS];
        for (var w = 0; w < salt.length; w++) salt[w] = block.word(saltHalf(position) * salt.length + w);
        return salt;
    }

    /// The first of the 256 blocks with the salts of 512 rows.
    static long firstSaltBlock(int logRows, int position) {
        return ((long) logRows << 32) + position / (2L * LANES) * LANES;
    }

    static int saltHalf(int position) {
        return position / LANES & 1;
    }

    Digest leaf(int logRows, int position) {
        var values = values(logRows, position);
        var salt = salt(logRows, position);
        return Blake2s.of(Purpose.LEAF)
                .update(values, 0, values.length)
                .update(salt, 0, salt.length)
                .digest();
    }
}
