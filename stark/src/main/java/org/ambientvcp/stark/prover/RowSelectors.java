package org.ambientvcp.stark.prover;

import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.kernel.Workers;

/// The polynomials that select rows, on points outside the rows. The one of the last row at x is the one of the first
/// row at x·ω.
///
/// @param firstRow 1 on the first row and 0 on all others
/// @param lastRow 1 on the last row and 0 on all others; at `lastAt` more than the point's index
/// @param transition X - 1/ω: 0 on the last row
@SuppressWarnings("ArrayRecordComponent") // tables, never changed
record RowSelectors(int[] firstRow, int[] lastRow, int lastAt, int[] transition) {

    /// On the coset of the rows with a shift, in the order of the rows.
    static RowSelectors onCoset(int logRows, int shift, Workers workers) {
        var rows = 1 << logRows;
        var first = new int[rows + 1];
        var transition = new int[rows];
        var root = BabyBear.rootOfUnity(logRows);
        workers.forEach(Math.max(1, rows / TapeRunner.BLOCK), block -> {
            var from = block * TapeRunner.BLOCK;
            var points = points(BabyBear.mul(shift, BabyBear.pow(root, from)), root, Math.min(rows, TapeRunner.BLOCK));
            fill(points, logRows, first, transition, from);
        });
        first[rows] = first[0];
        return new RowSelectors(first, first, 1, transition);
    }

    /// On other points of one coset of the rows.
    static RowSelectors on(int[] points, int logRows) {
        var next = new int[points.length];
        for (var i = 0; i < points.length; i++) next[i] = BabyBear.mul(points[i], BabyBear.rootOfUnity(logRows));
        var first = new int[points.length];
        var last = new int[points.length];
        var transition = new int[points.length];
        fill(next, logRows, last, transition, 0);
        fill(points, logRows, first, transition, 0);
        return new RowSelectors(first, last, 0, transition);
    }

    /// Fills an array with the powers of an element, from the power of 0.
    static void powers(int element, int[] powers) {
        powers[0] = BabyBear.ONE;
        for (var i = 1; i < powers.length; i++) powers[i] = BabyBear.mul(powers[i - 1], element);
    }

    static int[] points(int start, int step, int count) {
        var points = new int[count];
        points[0] = start;
        for (var i = 1; i < count; i++) points[i] = BabyBear.mul(points[i - 1], step);
        return points;
    }

    /// (x^n - 1) / (n·(x - 1)) and x - 1/ω for points with the same x^n.
    private static void fill(int[] points, int logRows, int[] first, int[] transition, int from) {
        var lastRow = BabyBear.inverse(BabyBear.rootOfUnity(logRows));
        var products = new int[points.length];
        var product = BabyBear.ONE;
        for (var i = 0; i < points.length; i++) {
            products[i] = product;
            product = BabyBear.mul(product, BabyBear.sub(points[i], BabyBear.ONE));
            transition[from + i] = BabyBear.sub(points[i], lastRow);
        }
        var vanishing = BabyBear.sub(BabyBear.pow(points[0], 1L << logRows), BabyBear.ONE);
        var rest = BabyBear.mul(
                BabyBear.mul(vanishing, BabyBear.inverse(BabyBear.of(1L << logRows))), BabyBear.inverse(product));
        for (var i = points.length - 1; i >= 0; i--) {
            first[from + i] = BabyBear.mul(rest, products[i]);
            rest = BabyBear.mul(rest, BabyBear.sub(points[i], BabyBear.ONE));
        }
    }
}
