package org.ambientvcp.stark.verifier;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.fri.FriVerifier;
import org.ambientvcp.stark.merkle.Opened;
import org.ambientvcp.stark.polynomial.Domain;
import org.ambientvcp.stark.proof.Commitment;
import org.ambientvcp.stark.proof.Openings;
import org.ambientvcp.stark.proof.ProofShape;
import org.jspecify.annotations.Nullable;

/// The codewords that FRI folds, at the queried positions. For the tables of one height it is
///
/// ```text
/// Σ_j β^(j+1) · (c_j(x) - c_j(z)) / (x - z) + Σ_j β^(j+1) · (c_j(x) - c_j(zω)) / (x - zω)
/// ```
///
/// where j counts the openings of all tables, in the order of the transcript; at the greatest height the mask is added
/// with the factor 1. It is of low degree if the columns are, and have the values at z and zω that were said.
final class BatchedCodewords implements FriVerifier.Codewords {
    private final ProofShape shape;
    private final List<ChipDef> chips;
    private final Openings openings;
    private final Element z;
    private final Map<Commitment, Opened> trees;
    /// β^(j+1) for opening j.
    private final List<Element> powers = new ArrayList<>();

    BatchedCodewords(
            ProofShape shape,
            List<ChipDef> chips,
            Openings openings,
            Element z,
            Element batching,
            Map<Commitment, Opened> trees) {
        this.shape = shape;
        this.chips = chips;
        this.openings = openings;
        this.z = z;
        this.trees = new EnumMap<>(trees);
        var power = batching;
        for (var i = 0; i < openings.values().size(); i++) {
            powers.add(power);
            power = power.times(batching);
        }
    }

    @Override
    public @Nullable Element value(int logRows, int position) {
        Element sum = null;
        for (var table = 0; table < chips.size(); table++) {
            if (shape.tables().get(table).logHeight() != logRows) continue;
            var value = value(table, logRows, position);
            sum = sum == null ? value : sum.plus(value);
        }
        if (sum == null || logRows != shape.maxLogHeight()) return sum;
        var quotients = shape.tree(Commitment.QUOTIENT).matrices();
        return sum.plus(z.field().element(row(Commitment.QUOTIENT, quotients.size() - 1, position, logRows), 0));
    }

    private Element value(int table, int logRows, int position) {
        var domain = new Domain(logRows, shape.parameters().logBlowup());
        var x = domain.point(position >>> logRows, position & (domain.rows() - 1));
        var opened = openings.tables().get(table);
        var committed = committed(table, position, logRows);
        var atPoint = difference(committed, opened.atPoint(), opened.first());
        var atNext = difference(
                onNextRow(table, committed),
                opened.atNext(),
                opened.first() + opened.atPoint().size());
        var zNext = z.times(domain.rowGenerator());
        return atPoint.times(z.minus(x).negated().inverse())
                .plus(atNext.times(zNext.minus(x).negated().inverse()));
    }

    /// Σ β^(j+1) · (column_j - value_j), the first of them being opening number `first`.
    private Element difference(int[] columns, List<Element> values, int first) {
        var sum = z.field().zero();
        for (var i = 0; i < columns.length; i++)
            sum = sum.plus(powers.get(first + i).times(values.get(i).negated().plus(columns[i])));
        return sum;
    }

    /// The row of a table in all trees, in the order of its openings at z.
    private int[] committed(int table, int position, int logRows) {
        var row = new int[shape.openingsAtPoint(table)];
        var filled = 0;
        for (var commitment : Commitment.values()) {
            var matrix = shape.tablesIn(commitment).indexOf(table);
            if (matrix < 0) continue;
            var part = row(commitment, matrix, position, logRows);
            System.arraycopy(part, 0, row, filled, part.length);
            filled += part.length;
        }
        return row;
    }

    /// The columns of a row that are opened at the next row as well.
    private int[] onNextRow(int table, int[] committed) {
        var row = new int[shape.openingsAtNext(table)];
        var shapeOfTable = shape.tables().get(table);
        var filled = 0;
        for (var column : chips.get(table).nextColumns())
            row[filled++] = committed[shapeOfTable.preprocessed() + column];
        var sum = shapeOfTable.preprocessed() + shapeOfTable.main() + shapeOfTable.auxiliary() - (row.length - filled);
        System.arraycopy(committed, sum, row, filled, row.length - filled);
        return row;
    }

    private int[] row(Commitment commitment, int matrix, int position, int logRows) {
        var tree = trees.get(commitment);
        if (tree == null) throw new IllegalStateException("tree was not opened: " + commitment);
        var coset = position >>> logRows;
        var row = position & ((1 << logRows) - 1);
        return tree.row(matrix, (coset << shape.tree(commitment).logRows()) + row);
    }
}
