package org.ambientvcp.stark.prover;

import java.util.Arrays;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.polynomial.Domain;

/// Evenly spaced points of a third coset, and the columns of a table there.
///
/// At rate 1/4 and below the coset is one that was committed to. At rate 1/2 there are only two; then each polynomial
/// is
/// evaluated on another one.
final class SparseCoset {
    private static final int COSET = 2;

    private final Committer committer;
    private final Domain domain;
    private final Domain committed;
    private final int[] points;

    /// Columns on the points and on the rows after these.
    @SuppressWarnings("ArrayRecordComponent") // the arrays are the data
    record Rows(int[][] here, int[][] next) {}

    /// @param count a power of two, at most the rows
    SparseCoset(Committer committer, int logRows, int count) {
        this.committer = committer;
        committed = committer.extension(logRows).domain();
        domain = committed.cosets() > COSET ? committed : new Domain(logRows, 2);
        points = RowSelectors.points(shift(), BabyBear.rootOfUnity(Integer.numberOfTrailingZeros(count)), count);
    }

    int shift() {
        return domain.shift(COSET);
    }

    int[] points() {
        return points;
    }

    /// The columns of a table.
    Rows rows(CommittedTable table) {
        var here = new int[table.width()][points.length];
        var next = new int[table.width()][points.length];
        var scratch = new int[domain.rows()];
        for (var column = 0; column < table.width(); column++) {
            if (domain.equals(committed)) {
                pick(table.extensions()[column], COSET * domain.rows(), here[column], 0);
                pick(table.extensions()[column], COSET * domain.rows(), next[column], 1);
            } else {
                onOtherCoset(table, column, scratch);
                pick(scratch, 0, here[column], 0);
                pick(scratch, 0, next[column], 1);
            }
        }
        return new Rows(here, next);
    }

    /// A polynomial of degree below n at the points.
    ///
    /// @param coefficients placed as the transforms have them
    int[] evaluate(int[] coefficients) {
        var values = new int[domain.rows()];
        committer.extension(domain.logRows()).evaluate(coefficients, 0, new int[0], shift(), values, 0);
        var picked = new int[points.length];
        pick(values, 0, picked, 0);
        return picked;
    }

    private void pick(int[] values, int from, int[] picked, int rowsLater) {
        var step = domain.rows() / points.length;
        for (var i = 0; i < picked.length; i++) picked[i] = values[from + (i * step + rowsLater) % domain.rows()];
    }

    /// From the values on the first coset, which are those of low + s^n · tail, to another.
    private void onOtherCoset(CommittedTable table, int column, int[] values) {
        var extension = committer.extension(table.logRows());
        var tail = table.tails()[column];
        var coefficients = Arrays.copyOf(table.extensions()[column], domain.rows());
        extension.interpolate(coefficients, 0, coefficients, 0, committed.shift(0));
        for (var i = 0; i < tail.length; i++) {
            var at = extension.position(i);
            coefficients[at] = BabyBear.sub(coefficients[at], BabyBear.mul(committed.toTheRows(0), tail[i]));
        }
        extension.evaluate(coefficients, 0, tail, shift(), values, 0);
    }
}
