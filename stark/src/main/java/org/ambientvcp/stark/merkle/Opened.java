package org.ambientvcp.stark.merkle;

import java.util.Arrays;
import java.util.Map;
import org.ambientvcp.stark.field.BabyBear;

/// Rows that a root commits to. There is none of these but for an opening that [OpeningCheck] accepted.
///
/// Immutable.
public final class Opened implements OpeningCheck.Outcome {
    private final TreeShape shape;
    /// By height, then by position: the leaf's values in canonical form.
    private final Map<Integer, Map<Integer, int[]>> leaves;

    Opened(TreeShape shape, Map<Integer, Map<Integer, int[]>> leaves) {
        this.shape = shape;
        this.leaves = leaves;
    }

    /// The row of a matrix that is opened together with a row of the tallest, in Montgomery form.
    ///
    /// @param matrix the number of the matrix in the shape
    /// @param tallest the position in the tallest domain; one of those that were opened
    public int[] row(int matrix, int tallest) {
        var matrixShape = shape.matrices().get(matrix);
        var rows = leaves.get(matrixShape.logRows());
        var leaf = rows == null ? null : rows.get(shape.position(matrixShape.logRows(), tallest));
        if (leaf == null) throw new IllegalArgumentException("position was not opened: " + tallest);
        var start = shape.start(matrix);
        var row = Arrays.copyOfRange(leaf, start, start + matrixShape.width());
        for (var i = 0; i < row.length; i++) row[i] = BabyBear.fromCanonical(row[i]);
        return row;
    }
}
