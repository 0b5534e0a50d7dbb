package org.ambientvcp.stark.verifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.air.PointEvaluation;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.lookup.Fingerprint;
import org.ambientvcp.stark.lookup.LookupConstraints;
import org.ambientvcp.stark.lookup.LookupConstraints.Columns;
import org.ambientvcp.stark.lookup.LookupConstraints.Selectors;
import org.ambientvcp.stark.proof.Openings;
import org.jspecify.annotations.Nullable;

/// Whether the constraints of one chip, combined with powers of α, are divisible by X^n - 1, seen at z: their value
/// there
/// must be the quotient's times z^n - 1.
final class ConstraintCheck {
    private final Machine machine;
    private final ChipDef chip;
    private final int[] publicValues;
    private final Element z;
    private final int logRows;

    ConstraintCheck(Machine machine, ChipDef chip, int[] publicValues, Element z, int logRows) {
        this.machine = machine;
        this.chip = chip;
        this.publicValues = publicValues;
        this.z = z;
        this.logRows = logRows;
    }

    /// @param busSum what the proof says it is; null for a chip without interactions
    boolean holds(Openings.Table values, Fingerprint fingerprint, Element alpha, @Nullable Element busSum) {
        var field = z.field();
        var reader = new Reader(values);
        var preprocessed = reader.base(chip.preprocessed().size());
        var main = reader.base(chip.width());
        var fractions = busSum == null
                ? List.<Element>of()
                : reader.extension(chip.fractions().size() + 1);
        var chunks = reader.restAsExtension();
        var next = new HashMap<Integer, Element>();
        for (var column : chip.nextColumns()) next.put(column, values.atNext().get(next.size()));

        var selectors = selectors();
        var row = new PointEvaluation(
                field,
                new PointEvaluation.Row(main, Map.copyOf(next), preprocessed, selectors.first(), selectors.last()),
                publicValues);
        var zeros = new ArrayList<Element>();
        for (var constraint : chip.constraints()) {
            var value = row.of(constraint.expr());
            zeros.add(
                    switch (constraint.scope()) {
                        case EVERY_ROW -> value;
                        case FIRST_ROW -> value.times(selectors.first());
                        case LAST_ROW -> value.times(selectors.last());
                        case TRANSITION -> value.times(selectors.transition());
                    });
        }
        if (busSum != null) {
            var nextSum =
                    combine(values.atNext().subList(next.size(), values.atNext().size()));
            var columns = new Columns(fractions.subList(0, fractions.size() - 1), fractions.getLast(), nextSum);
            zeros.addAll(new LookupConstraints(machine, chip, fingerprint).evaluate(row, columns, selectors, busSum));
        }
        var toTheRows = z.toThePowerOfTwo(logRows);
        var quotient = polynomial(chunks, toTheRows);
        return polynomial(zeros, alpha).equals(quotient.times(toTheRows.minus(BabyBear.ONE)));
    }

    /// The Lagrange polynomials of the first row, 1, and the last, 1/ω: a·(X^n - 1) / (n·(X - a)) for row a.
    private Selectors selectors() {
        var last = BabyBear.inverse(BabyBear.rootOfUnity(logRows));
        var common = z.toThePowerOfTwo(logRows).minus(BabyBear.ONE).times(BabyBear.inverse(BabyBear.of(1L << logRows)));
        var transition = z.minus(last);
        return new Selectors(
                common.times(z.minus(BabyBear.ONE).inverse()),
                common.times(last).times(transition.inverse()),
                transition);
    }

    /// The polynomial with these coefficients, the constant first.
    private static Element polynomial(List<Element> values, Element point) {
        var result = point.field().zero();
        for (var value : values.reversed()) result = result.times(point).plus(value);
        return result;
    }

    /// The element of the extension whose coordinates are columns with these values. At z they need not be base
    /// elements,
    /// but the polynomial is still this sum.
    private Element combine(List<Element> coordinates) {
        var sum = z.field().zero();
        for (var i = 0; i < coordinates.size(); i++)
            sum = sum.plus(z.field().basis(i).times(coordinates.get(i)));
        return sum;
    }

    /// Takes the values at z one after the other.
    private final class Reader {
        private final List<Element> values;
        private int next;

        Reader(Openings.Table table) {
            values = table.atPoint();
        }

        List<Element> base(int count) {
            next += count;
            return values.subList(next - count, next);
        }

        List<Element> extension(int count) {
            var elements = new ArrayList<Element>();
            for (var i = 0; i < count; i++) elements.add(combine(base(z.field().degree())));
            return elements;
        }

        List<Element> restAsExtension() {
            return extension((values.size() - next) / z.field().degree());
        }
    }
}
