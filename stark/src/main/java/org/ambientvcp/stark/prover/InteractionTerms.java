package org.ambientvcp.stark.prover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.air.Expr;
import org.ambientvcp.stark.air.Expr.Constant;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.lookup.Fingerprint;

/// The expressions of a chip's interactions in the order in which a tape hands them out, and what becomes of each: the
/// entries of a message, then its multiplicity, interaction after interaction.
///
/// Immutable.
final class InteractionTerms {
    private final List<Expr> expressions = new ArrayList<>();
    private final List<Term> terms = new ArrayList<>();
    /// Coordinates of what the denominator of each interaction starts from, its constant entries included.
    private final List<int[]> starts = new ArrayList<>();

    /// Coordinates of the factors of each interaction's entries in the denominator, one after another.
    private final List<int[]> factors = new ArrayList<>();

    /// What an expression is for.
    ///
    /// @param interaction its number
    /// @param isMultiplicity or else an entry of the message
    record Term(int interaction, boolean isMultiplicity) {}

    InteractionTerms(Machine machine, ChipDef chip, Fingerprint fingerprint) {
        for (var number = 0; number < chip.interactions().size(); number++) {
            var interaction = chip.interactions().get(number);
            var entryFactors = new ArrayList<Element>();
            var start = fingerprint.start(machine.number(interaction.bus()));
            for (var entry = 0; entry < interaction.message().size(); entry++) {
                var factor = fingerprint.power(entry).negated();
                var expression = interaction.message().get(entry);
                if (expression instanceof Constant(var value)) {
                    start = start.plus(factor.times(BabyBear.fromCanonical(value)));
                } else {
                    expressions.add(expression);
                    terms.add(new Term(number, false));
                    entryFactors.add(factor);
                }
            }
            expressions.add(interaction.multiplicity());
            terms.add(new Term(number, true));
            starts.add(coordinates(start));
            factors.add(coordinates(entryFactors));
        }
    }

    List<Expr> expressions() {
        return expressions;
    }

    /// What the expression of a number is for.
    Term term(int expression) {
        return terms.get(expression);
    }

    /// Coordinates of the factors of an interaction's entries, as [org.ambientvcp.stark.kernel.ExtensionColumns] takes
    /// them; of those that are not constant.
    int[] factors(int interaction) {
        return factors.get(interaction);
    }

    /// Sets the denominators of an interaction to what they start from.
    void start(int interaction, int[][] denominator, int count) {
        var start = starts.get(interaction);
        for (var k = 0; k < start.length; k++) Arrays.fill(denominator[k], 0, count, start[k]);
    }

    static int[] coordinates(List<Element> elements) {
        var degree = elements.isEmpty() ? 0 : elements.getFirst().field().degree();
        var coordinates = new int[elements.size() * degree];
        for (var i = 0; i < elements.size(); i++) elements.get(i).copyTo(coordinates, i * degree);
        return coordinates;
    }

    static int[] coordinates(Element element) {
        var coordinates = new int[element.field().degree()];
        element.copyTo(coordinates, 0);
        return coordinates;
    }
}
