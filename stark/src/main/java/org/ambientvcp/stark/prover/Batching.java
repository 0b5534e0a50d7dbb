package org.ambientvcp.stark.prover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;
import org.ambientvcp.stark.polynomial.Domain;
import org.ambientvcp.stark.proof.Openings;

/// The codewords that FRI folds, one for each height, on all of their domains:
/// Σ β^(j+1)·(c_j(x) - c_j(z))/(x - z), and the same at z·ω; at the greatest height with the mask.
///
/// (x - zω) is ω·(x/ω - z), and x/ω is the row before: one inverse of each x - z serves both.
final class Batching {
    private final int logBlowup;
    private final Element z;
    private final Hardware hardware;
    private final ExtensionField field;
    /// β^(j+1) for opening j.
    private final List<int[]> powers = new ArrayList<>();

    Batching(int logBlowup, Element z, Element batching, int openings, Hardware hardware) {
        this.logBlowup = logBlowup;
        this.z = z;
        this.hardware = hardware;
        field = z.field();
        var power = batching;
        for (var i = 0; i < openings; i++) {
            powers.add(InteractionTerms.coordinates(power));
            power = power.times(batching);
        }
    }

    /// @param mask as high as the highest table; becomes part of the result
    /// @return the codewords by the logarithm of their rows, base columns of each
    Map<Integer, int[][]> codewords(List<TableColumns> tables, Openings openings, CommittedTable mask) {
        var codewords = new TreeMap<Integer, int[][]>();
        codewords.put(
                mask.logRows(),
                Arrays.stream(mask.extensions()).map(int[]::clone).toArray(int[][]::new));
        for (var table : tables)
            codewords.computeIfAbsent(table.logRows(), log -> new int[field.degree()][1 << (log + logBlowup)]);
        codewords.forEach((logRows, codeword) -> {
            var domain = new Domain(logRows, logBlowup);
            for (var coset = 0; coset < domain.cosets(); coset++) {
                var inverses = inverses(domain, coset);
                for (var i = 0; i < tables.size(); i++)
                    if (tables.get(i).logRows() == logRows)
                        add(tables.get(i), openings.tables().get(i), domain, coset, inverses, codeword);
            }
        });
        return codewords;
    }

    /// 1/(x - z) on the rows of a coset, from index 1; at index 0 that of the last row, which is before the first.
    private int[][] inverses(Domain domain, int coset) {
        var rows = domain.rows();
        var inverses = new int[field.degree()][rows + 1];
        var minusZ = InteractionTerms.coordinates(z.negated());
        hardware.workers()
                .forEach(
                        rows / TapeRunner.BLOCK,
                        () -> new BatchInversion(field, TapeRunner.BLOCK),
                        (inversion, block) -> {
                            var from = block * TapeRunner.BLOCK;
                            var points = RowSelectors.points(
                                    domain.point(coset, from), domain.rowGenerator(), TapeRunner.BLOCK);
                            for (var k = 1; k < field.degree(); k++)
                                Arrays.fill(inverses[k], 1 + from, 1 + from + TapeRunner.BLOCK, minusZ[k]);
                            Arithmetic.addConstant(points, 0, minusZ[0], inverses[0], 1 + from, TapeRunner.BLOCK);
                            inversion.invert(inverses, 1 + from, inverses, 1 + from, TapeRunner.BLOCK);
                        });
        for (var coordinate : inverses) coordinate[0] = coordinate[rows];
        return inverses;
    }

    private void add(
            TableColumns table, Openings.Table values, Domain domain, int coset, int[][] inverses, int[][] codeword) {
        var here = TableColumns.extensions(table.all());
        var next = TableColumns.extensions(table.onNextRow());
        var firstNext = values.first() + here.length;
        var valueHere = combined(values.atPoint(), values.first());
        var inverseRoot = BabyBear.inverse(domain.rowGenerator());
        var valueNext = combined(values.atNext(), firstNext);
        hardware.workers()
                .forEach(
                        domain.rows() / TapeRunner.BLOCK,
                        () -> new int[2][field.degree()][TapeRunner.BLOCK],
                        (scratch, block) -> {
                            var from = block * TapeRunner.BLOCK;
                            var at = coset * domain.rows() + from;
                            var count = TapeRunner.BLOCK;
                            sum(here, values.first(), at, valueHere, scratch[0]);
                            Arithmetic.multiply(field, scratch[0], 0, inverses, 1 + from, scratch[0], 0, count);
                            Arithmetic.add(codeword, at, scratch[0], 0, codeword, at, count);
                            if (next.length == 0) return;
                            sum(next, firstNext, at, valueNext, scratch[0]);
                            Arithmetic.multiply(field, scratch[0], 0, inverses, from, scratch[1], 0, count);
                            for (var coordinate : scratch[1])
                                Arithmetic.multiplyConstant(coordinate, 0, inverseRoot, coordinate, 0, count);
                            Arithmetic.add(codeword, at, scratch[1], 0, codeword, at, count);
                        });
    }

    /// Σ β^(j+1)·column_j - value, on a block of rows.
    private void sum(int[][] columns, int first, int at, int[] value, int[][] out) {
        for (var k = 0; k < out.length; k++) Arrays.fill(out[k], BabyBear.neg(value[k]));
        for (var i = 0; i < columns.length; i++)
            Arithmetic.addScaled(columns[i], at, powers.get(first + i), out, 0, TapeRunner.BLOCK);
    }

    private int[] combined(List<Element> values, int first) {
        var sum = field.zero();
        for (var i = 0; i < values.size(); i++)
            sum = sum.plus(field.element(powers.get(first + i), 0).times(values.get(i)));
        return InteractionTerms.coordinates(sum);
    }
}
