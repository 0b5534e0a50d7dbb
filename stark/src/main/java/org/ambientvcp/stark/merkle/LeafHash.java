package org.ambientvcp.stark.merkle;

import java.util.List;
import org.ambientvcp.stark.hash.KeyedStream;
import org.ambientvcp.stark.hash.LaneHash;
import org.ambientvcp.stark.hash.Purpose;
import org.ambientvcp.stark.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/// Hashes leaves of one height, [#ROWS] rows after one another: so many values of a column are read before those of
/// the next, since columns are so far apart that the cache has room for few of them.
///
/// Has scratch arrays: for one thread.
final class LeafHash {
    static final int ROWS = 256;
    private static final int LANES = LaneHash.LANES;
    /// A product with this leaves Montgomery form.
    private static final int CANONICAL = 1;

    private final int logRows;
    private final List<Column> columns;
    private final @Nullable KeyedStream salts;
    private final Kernels kernels;
    private final LaneHash hash;
    private final LaneHash saltHash;
    private final int[] values;
    private long firstSalt = -1;
    private int[] saltWords = new int[0];

    LeafHash(int logRows, LeafRows rows, Kernels kernels) {
        this.logRows = logRows;
        columns = rows.columns(logRows);
        salts = rows.salts();
        this.kernels = kernels;
        hash = new LaneHash(kernels);
        saltHash = new LaneHash(kernels);
        values = new int[columns.size() * ROWS];
    }

    /// @param first a row, a multiple of [LaneHash#LANES] as `count` is; all are of one coset
    void hash(int first, int count, Nodes leaves) {
        for (var c = 0; c < columns.size(); c++) {
            var column = columns.get(c);
            kernels.mulConstant(
                    column.values(), LeafRows.index(column, logRows, first), CANONICAL, values, c * ROWS, count);
        }
        for (var offset = 0; offset < count; offset += LANES) {
            hash.begin(Purpose.LEAF);
            for (var c = 0; c < columns.size(); c++) hash.update(values, c * ROWS + offset, LANES);
            if (salts != null) updateSalts(salts, first + offset);
            leaves.setGroup(first + offset, hash.digests());
        }
    }

    private void updateSalts(KeyedStream stream, int row) {
        var first = LeafRows.firstSaltBlock(logRows, row);
        if (first != firstSalt) {
            saltWords = stream.blocks(first, saltHash);
            firstSalt = first;
        }
        hash.updateAll(saltWords, LeafRows.saltHalf(row) * TreeShape.SALT_WORDS * LANES, TreeShape.SALT_WORDS);
    }
}
