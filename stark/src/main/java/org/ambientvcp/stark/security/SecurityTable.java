package org.ambientvcp.stark.security;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The calculator's results as tables, for the documents and the command line.
public final class SecurityTable {
    private SecurityTable() {}

    /// Every term of every profile at its limits, and what the other regimes say; Markdown.
    public static String markdown(List<Profile> profiles) {
        var text = new StringBuilder("| bits |");
        for (var profile : profiles) text.append(' ').append(profile.name()).append(" |");
        text.append("\n|---|").append("---|".repeat(profiles.size())).append('\n');
        var terms = profiles.getFirst().soundness().terms();
        for (var i = 0; i < terms.size(); i++) {
            var index = i;
            var label = terms.get(i).name() + ": " + terms.get(i).formula();
            row(
                    text,
                    label,
                    profiles,
                    profile -> profile.soundness().terms().get(index).bits());
        }
        for (var regime : List.of(Regime.JOHNSON, Regime.UNIQUE_DECODING, Regime.RANDOM_WORDS)) {
            var label = regime == Regime.JOHNSON ? "**claimed: %s**" : "not claimed: %s";
            row(
                    text,
                    label.formatted(regime.description()),
                    profiles,
                    profile -> Soundness.of(profile.parameters(), profile.limits(), regime)
                            .bits());
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String label, List<Profile> profiles, ToDoubleFunction<Profile> bits) {
        text.append("| ").append(label).append(" |");
        // Rounded down: nothing is claimed that is not there.
        for (var profile : profiles)
            text.append(String.format(Locale.ROOT, " %.1f |", Math.floor(bits.applyAsDouble(profile) * 10) / 10));
        text.append('\n');
    }
}
