package org.ambientvcp.stark.merkle;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What a tree commits to: matrices of several heights, all over domains of one blowup. Comes from the verification key
/// and the heights that were agreed on; never from an opening.
///
/// A leaf is LEAF(row ‖ salt): the values of all matrices of one height, matrix after matrix, in canonical form, and
/// the
/// 4 words of the salt if there is one. The leaves of the tallest matrices are the lowest level. On the way up, the
/// parent of two nodes is NODE(left ‖ right), and JOIN(parent ‖ leaf) where there are matrices of that height.
///
/// @param matrices at least one
/// @param salted whether each leaf has a salt
public record TreeShape(List<MatrixShape> matrices, int logBlowup, boolean salted) {
    public static final int SALT_WORDS = 4;

    public TreeShape {
        matrices = List.copyOf(matrices);
        if (matrices.isEmpty()) throw new IllegalArgumentException("there is no matrix");
        var logSize = logBlowup
                + matrices.stream().mapToInt(MatrixShape::logRows).max().orElseThrow();
        if (logBlowup < 0 || logSize > 27)
            throw new IllegalArgumentException(
                    "tree is not of 2^0–2^27 leaves: blowup 2^" + logBlowup + ", 2^" + logSize);
    }

    /// The distinct heights as logarithms, the tallest first: the groups whose rows share a leaf.
    List<Integer> heights() {
        return matrices.stream()
                .map(MatrixShape::logRows)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    public int logRows() {
        return heights().getFirst();
    }

    /// How many values a leaf of this height is of.
    int width(int logRows) {
        return IntStream.range(0, matrices.size()).map(i -> width(i, logRows)).sum();
    }

    /// Where in a leaf the values of a matrix begin.
    int start(int matrix) {
        var logRows = matrices.get(matrix).logRows();
        return IntStream.range(0, matrix).map(i -> width(i, logRows)).sum();
    }

    private int width(int matrix, int logRows) {
        var shape = matrices.get(matrix);
        return shape.logRows() == logRows ? shape.width() : 0;
    }

    /// The node of a lower height above, or the row opened together with, a row of the tallest.
    int position(int logRows, int tallest) {
        var coset = tallest >>> logRows();
        return (coset << logRows) + (tallest & ((1 << logRows) - 1));
    }

    /// How many leaves the lowest level has.
    int size() {
        return 1 << (logRows() + logBlowup);
    }
}
