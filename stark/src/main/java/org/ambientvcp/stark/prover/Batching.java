package org.ambientvcp.stark.prover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;
import org.ambientvcp.stark.kernel.ExtensionColumns;
import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.polynomial.Domain;
import org.ambientvcp.stark.proof.Openings;

/// The codewords that FRI folds, one for each height, on all of their domains:
/// Σ β^(j+1)·(c_j(x) - c_j(z))/(x - z), and the same at z·ω; at the greatest height with the mask.
///
/// (x - zω) is ω·(x/ω - z), and x/ω is the row before: one inverse of each x - z serves both.
final class Batching {
    private static final int BLOCK = ExtensionColumns.BLOCK;

    /// Rows whose inverses are computed together.
    private static final int STRETCH = 8 * BLOCK;

    /// Where the first row is in the inverses: after the one before it.
    private static final int FIRST = Kernels.LANES;

    private final int logBlowup;
    private final Element z;
    private final Hardware hardware;
    private final ArrayPool pool;
    private final Kernels kernels;
    private final ExtensionField field;
    /// β^(j+1) for opening j.
    private final List<Element> powers = new ArrayList<>();

    Batching(int logBlowup, Element z, Element batching, int openings, Hardware hardware, ArrayPool pool) {
        this.logBlowup = logBlowup;
        this.z = z;
        this.hardware = hardware;
        this.pool = pool;
        kernels = hardware.kernels();
        field = z.field();
        var power = batching;
        for (var i = 0; i < openings; i++) {
            powers.add(power);
            power = power.times(batching);
        }
    }

    /// @param mask as high as the highest table
    /// @return the codewords by the logarithm of their rows, base columns of each
    Map<Integer, int[][]> codewords(List<TableColumns> tables, Openings openings, CommittedTable mask) {
        var codewords = new TreeMap<Integer, int[][]>();
        for (var table : tables)
            codewords.computeIfAbsent(table.logRows(), log -> start(1 << (log + logBlowup), log, mask));
        codewords.forEach((logRows, codeword) -> {
            var domain = new Domain(logRows, logBlowup);
            var inverses = pool.take(field.degree(), domain.rows() + BLOCK);
            var points = new int[STRETCH];
            RowSelectors.powers(domain.rowGenerator(), points);
            for (var coset = 0; coset < domain.cosets(); coset++) {
                invert(domain, coset, points, inverses);
                for (var i = 0; i < tables.size(); i++)
                    if (tables.get(i).logRows() == logRows)
                        add(tables.get(i), openings.tables().get(i), domain, coset, inverses, codeword);
            }
            pool.giveBack(inverses);
        });
        return codewords;
    }

    private int[][] start(int size, int logRows, CommittedTable mask) {
        var codeword = pool.take(field.degree(), size);
        for (var k = 0; k < codeword.length; k++) {
            if (logRows == mask.logRows()) System.arraycopy(mask.extensions()[k], 0, codeword[k], 0, size);
            else Arrays.fill(codeword[k], 0);
        }
        return codeword;
    }

    /// 1/(x - z) on the rows of a coset, from index 16; at index 15 that of the last row, which is before the first.
    ///
    /// @param powers of ω
    private void invert(Domain domain, int coset, int[] powers, int[][] inverses) {
        var rows = domain.rows();
        var stretch = Math.min(STRETCH, rows);
        var minusZ = z.negated();
        hardware.workers().forEach(rows / stretch, () -> new Inversion(stretch), (scratch, task) -> {
            var from = task * stretch;
            kernels.mulConstant(powers, 0, domain.point(coset, from), scratch.differences[0], 0, stretch);
            kernels.addConstant(scratch.differences[0], 0, minusZ.coefficient(0), scratch.differences[0], 0, stretch);
            for (var k = 1; k < field.degree(); k++) Arrays.fill(scratch.differences[k], minusZ.coefficient(k));
            scratch.columns.inverses(scratch.differences, 0, inverses, FIRST + from, stretch);
        });
        for (var coordinate : inverses) coordinate[FIRST - 1] = coordinate[FIRST + rows - 1];
    }

    private final class Inversion {
        private final ExtensionColumns columns = new ExtensionColumns(field, kernels);
        private final int[][] differences;

        Inversion(int rows) {
            differences = new int[field.degree()][rows];
        }
    }

    private void add(
            TableColumns table, Openings.Table values, Domain domain, int coset, int[][] inverses, int[][] codeword) {
        var here = new Combination(table.all(), values.atPoint(), values.first());
        var next = new Combination(
                table.onNextRow(),
                values.atNext(),
                values.first() + values.atPoint().size());
        var inverseRoot = BabyBear.inverse(domain.rowGenerator());
        hardware.workers().forEach(domain.rows() / BLOCK, Sum::new, (sum, block) -> {
            var from = block * BLOCK;
            var at = coset * domain.rows() + from;
            sum.compute(here, at);
            kernels.multiply(sum.difference, 0, inverses, FIRST + from, sum.quotient, 0, BLOCK);
            sum.columns.add(codeword, at, sum.quotient, 0, codeword, at, BLOCK);
            if (next.columns.length == 0) return;
            sum.compute(next, at);
            kernels.multiply(sum.difference, 0, inverses, FIRST - 1 + from, sum.quotient, 0, BLOCK);
            for (var k = 0; k < field.degree(); k++)
                kernels.addScaled(sum.quotient[k], 0, inverseRoot, codeword[k], at, BLOCK);
        });
    }

    /// Σ β^(j+1)·column_j and its value at the point.
    private final class Combination {
        private final int[][] columns;
        private final int[] weights;
        private final Element value;

        /// @param first the number of the first opening
        Combination(List<TableColumns.Column> columns, List<Element> values, int first) {
            this.columns = TableColumns.extensions(columns);
            var factors = powers.subList(first, first + values.size());
            weights = InteractionTerms.coordinates(factors);
            var sum = field.zero();
            for (var i = 0; i < values.size(); i++)
                sum = sum.plus(factors.get(i).times(values.get(i)));
            value = sum;
        }
    }

    /// What one thread needs.
    private final class Sum {
        private final ExtensionColumns columns = new ExtensionColumns(field, kernels);
        private final int[][] difference = new int[field.degree()][BLOCK];
        private final int[][] quotient = new int[field.degree()][BLOCK];

        /// The combination less its value, on a block of rows.
        void compute(Combination combination, int at) {
            for (var k = 0; k < difference.length; k++)
                Arrays.fill(difference[k], BabyBear.neg(combination.value.coefficient(k)));
            columns.addWeighted(combination.columns, at, combination.weights, difference, 0, BLOCK);
        }
    }
}
