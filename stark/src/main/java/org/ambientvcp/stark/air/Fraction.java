package org.ambientvcp.stark.air;

import java.util.ArrayList;
import java.util.List;

/// One LogUp column: the sum of the fractions of one or two interactions.
///
/// @param first number of an interaction
/// @param second number of the interaction after it, or -1
public record Fraction(int first, int second) {
    public boolean isPair() {
        return second >= 0;
    }

    /// Packs neighbours in pairs where s·D1·D2 = μ1·D2 + μ2·D1 stays within the degree, else alone.
    static List<Fraction> pack(List<Interaction> interactions) {
        var fractions = new ArrayList<Fraction>();
        for (var i = 0; i < interactions.size(); i++) {
            if (i + 1 < interactions.size() && fits(interactions.get(i), interactions.get(i + 1))) {
                fractions.add(new Fraction(i, i + 1));
                i++;
            } else {
                fractions.add(new Fraction(i, -1));
            }
        }
        return fractions;
    }

    private static boolean fits(Interaction a, Interaction b) {
        int da = messageDegree(a), db = messageDegree(b);
        return 1 + da + db <= ChipDef.MAX_DEGREE
                && Degree.of(a.multiplicity()) + db <= ChipDef.MAX_DEGREE
                && Degree.of(b.multiplicity()) + da <= ChipDef.MAX_DEGREE;
    }

    /// The degree of the denominator of an interaction.
    static int messageDegree(Interaction interaction) {
        return interaction.message().stream().mapToInt(Degree::of).max().orElse(0);
    }
}
