package org.ambientvcp.stark.lookup;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.air.Expr.Cell;
import org.ambientvcp.stark.air.Fraction;
import org.ambientvcp.stark.air.Interaction;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.air.PointEvaluation;
import org.ambientvcp.stark.field.Element;

/// The constraints that LogUp adds to a chip, at a point. In order:
///
///  1. each fraction is what its interactions say: s·D₁·D₂ = μ₁·D₂ + μ₂·D₁, or s·D = μ for one alone;
///  2. on the first row the running sum φ is 0;
///  3. on every row but the last, φ grows by the row's fractions;
///  4. on the last row, φ with the row's fractions and the mask T is the bus sum S.
public final class LookupConstraints {
    private final Machine machine;
    private final ChipDef chip;
    private final Fingerprint fingerprint;

    /// What the auxiliary columns are at a point, as elements of the extension.
    ///
    /// @param fractions one value for each fraction of the chip
    /// @param sum the running sum
    /// @param nextSum the running sum at the next row
    public record Columns(List<Element> fractions, Element sum, Element nextSum) {}

    /// What selects rows at a point.
    ///
    /// @param first 1 on the first row, 0 on all others
    /// @param last 1 on the last row, 0 on all others
    /// @param transition 0 on the last row, not 0 on all others
    public record Selectors(Element first, Element last, Element transition) {}

    public LookupConstraints(Machine machine, ChipDef chip, Fingerprint fingerprint) {
        this.machine = machine;
        this.chip = chip;
        this.fingerprint = fingerprint;
    }

    /// What must be divisible by the vanishing polynomial of the rows.
    ///
    /// @param row of the main and preprocessed columns
    /// @param busSum S, as the proof says it
    public List<Element> evaluate(PointEvaluation row, Columns columns, Selectors selectors, Element busSum) {
        var zeros = new ArrayList<Element>();
        var rowSum = columns.sum().field().zero();
        var fractions = chip.fractions();
        for (var i = 0; i < fractions.size(); i++) {
            var value = columns.fractions().get(i);
            zeros.add(fraction(fractions.get(i), value, row));
            rowSum = rowSum.plus(value);
        }
        var sumAfter = columns.sum().plus(rowSum);
        zeros.add(selectors.first().times(columns.sum()));
        zeros.add(selectors.transition().times(columns.nextSum().minus(sumAfter)));
        zeros.add(selectors.last().times(busSum.minus(sumAfter).minus(mask(row))));
        return zeros;
    }

    private Element fraction(Fraction fraction, Element value, PointEvaluation row) {
        var first = chip.interactions().get(fraction.first());
        var firstDenominator = denominator(first, row);
        var firstMultiplicity = row.of(first.multiplicity());
        if (!fraction.isPair()) return value.times(firstDenominator).minus(firstMultiplicity);
        var second = chip.interactions().get(fraction.second());
        var secondDenominator = denominator(second, row);
        var secondMultiplicity = row.of(second.multiplicity());
        return value.times(firstDenominator)
                .times(secondDenominator)
                .minus(firstMultiplicity.times(secondDenominator))
                .minus(secondMultiplicity.times(firstDenominator));
    }

    private Element denominator(Interaction interaction, PointEvaluation row) {
        return fingerprint.of(
                machine.number(interaction.bus()),
                interaction.message().stream().map(row::of).toList());
    }

    /// T: the element whose coordinates are the mask columns, as many of them as the extension has.
    private Element mask(PointEvaluation row) {
        var field = fingerprint.power(0).field();
        var mask = field.zero();
        for (var i = 0; i < field.degree(); i++) {
            var cell = new Cell(Cell.Kind.MAIN, chip.mask().get(i), false);
            mask = mask.plus(field.basis(i).times(row.of(cell)));
        }
        return mask;
    }
}
