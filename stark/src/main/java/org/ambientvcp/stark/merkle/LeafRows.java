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
import org.ambientvcp.stark.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/// The rows that leaves are hashes of, and their salts.
///
/// The salt of a row is half a block of the stream: 128 rows after one another are the first halves of 64 blocks, then
/// the second halves. Blocks of a height are numbered from 2^32 times its logarithm. So nothing has to be kept.
final class LeafRows {
    private static final int LANES = LaneHash.LANES;
    /// A product with this leaves Montgomery form.
    private static final int CANONICAL = 1;

    private final Map<Integer, List<Column>> columns = new HashMap<>();
    private final @Nullable KeyedStream salts;

    LeafRows(TreeShape shape, List<Matrix> matrices, @Nullable KeyedStream salts) {
        for (var matrix : matrices)
            columns.computeIfAbsent(matrix.logRows(), _ -> new ArrayList<>()).addAll(matrix.columns());
        this.salts = salts;
    }

    private List<Column> columns(int logRows) {
        return columns.getOrDefault(logRows, List.of());
    }

    boolean has(int logRows) {
        return columns.containsKey(logRows);
    }

    /// In canonical form.
    int[] values(int logRows, int position) {
        var row = columns(logRows);
        var values = new int[row.size()];
        for (var i = 0; i < values.length; i++)
            values[i] = BabyBear.toCanonical(row.get(i).values()[index(row.get(i), logRows, position)]);
        return values;
    }

    private static int index(Column column, int logRows, int position) {
        return column.start() + (position >>> logRows) * column.stride() + (position & ((1 << logRows) - 1));
    }

    /// 4 words, or none.
    int[] salt(int logRows, int position) {
        if (salts == null) return new int[0];
        var half = position / LANES & 1;
        var block = salts.block(firstBlock(logRows, position) + position % LANES);
        var salt = new int[TreeShape.SALT_WORDS];
        for (var w = 0; w < salt.length; w++) salt[w] = block.word(half * salt.length + w);
        return salt;
    }

    private static long firstBlock(int logRows, int position) {
        return ((long) logRows << 32) + position / (2L * LANES) * LANES;
    }

    Digest leaf(int logRows, int position) {
        var values = values(logRows, position);
        var salt = salt(logRows, position);
        return Blake2s.of(Purpose.LEAF)
                .update(values, 0, values.length)
                .update(salt, 0, salt.length)
                .digest();
    }

    /// The leaves of [LaneHash#LANES] rows of one coset, the first at a multiple of that.
    ///
    /// @param saltHash of the same thread as `hash`, and another
    int[] leaves(int logRows, int position, LaneHash hash, LaneHash saltHash, Kernels kernels) {
        hash.begin(Purpose.LEAF);
        for (var column : columns(logRows)) {
            var message = hash.next();
            var from = index(column, logRows, position);
            kernels.mulConstant(column.values(), from, CANONICAL, message, hash.at(), LANES);
            hash.advance();
        }
        if (salts != null) {
            var blocks = salts.blocks(firstBlock(logRows, position), saltHash);
            var half = (position / LANES & 1) * TreeShape.SALT_WORDS;
            for (var w = half; w < half + TreeShape.SALT_WORDS; w++) hash.update(blocks, w * LANES, LANES);
        }
        return hash.digests();
    }
}
