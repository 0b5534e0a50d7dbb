package org.ambientvcp.stark.proof;

import java.util.List;
import java.util.stream.IntStream;
import org.ambientvcp.stark.air.Bus;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.hash.Blake2s;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.hash.Purpose;
import org.ambientvcp.stark.security.Profile;
import org.ambientvcp.stark.security.Sizes;
import org.jspecify.annotations.Nullable;

/// What a verifier has to know to check proofs of one machine with one profile. It must come from a source that is
/// trusted: usually it is computed.
///
/// @param machine whose executions are proven
/// @param profile they are proven with
/// @param preprocessedRoot root of the tree of the machine's preprocessed columns; null if it has none
public record VerificationKey(
        Machine machine, Profile profile, @Nullable Digest preprocessedRoot) {
    /// Of the sum over both rows of a transition, its start and its end, with the mask.
    private static final int CONSTRAINTS_OF_A_RUNNING_SUM = 3;

    public VerificationKey {
        var columns = machine.chips().stream()
                .mapToInt(chip -> chip.preprocessed().size())
                .sum();
        if ((preprocessedRoot == null) != (columns == 0))
            throw new IllegalArgumentException(
                    "preprocessedRoot does not fit " + columns + " columns: " + preprocessedRoot);
        for (var chip : machine.chips())
            if (chip.fixedHeight() != 0
                    && logFixedHeight(chip) < profile.parameters().logMinHeight())
                throw new IllegalArgumentException("chip " + chip.name() + " is too low for " + profile.name());
    }

    /// BLAKE2s-256 of all that the key says.
    public Digest digest() {
        return Blake2s.of(Purpose.ENCODING)
                .update(KeyEncoding.of(machine, profile, preprocessedRoot).toBytes())
                .digest();
    }

    /// The fewest rows of a chip, as binary logarithm.
    int logLeastHeight(int chip) {
        var fixed = machine.chips().get(chip);
        return fixed.fixedHeight() == 0 ? profile.parameters().logMinHeight() : logFixedHeight(fixed);
    }

    /// The most rows of a chip, as binary logarithm.
    int logMostHeight(int chip) {
        var fixed = machine.chips().get(chip);
        return fixed.fixedHeight() == 0 ? profile.limits().logHeight() : logFixedHeight(fixed);
    }

    /// The shape of proofs with tables of these heights.
    ///
    /// @param logHeights binary logarithms, one for each chip, within its bounds
    public ProofShape shape(List<Integer> logHeights) {
        requireHeights(logHeights);
        var degree = profile.parameters().extensionDegree();
        return new ProofShape(
                profile.parameters(),
                IntStream.range(0, logHeights.size())
                        .mapToObj(index -> table(machine.chips().get(index), logHeights.get(index), degree))
                        .toList());
    }

    /// How large a proof with tables of these heights is, to be compared with the profile's limits.
    public Sizes sizes(List<Integer> logHeights) {
        var shape = shape(logHeights);
        var constraints = 0;
        var interactions = (long) machine.boundary().size();
        for (var i = 0; i < logHeights.size(); i++) {
            var chip = machine.chips().get(i);
            constraints += chip.constraints().size();
            if (chip.interactions().isEmpty()) continue;
            constraints += chip.fractions().size() + CONSTRAINTS_OF_A_RUNNING_SUM;
            interactions += (long) chip.interactions().size() << logHeights.get(i);
        }
        return new Sizes(
                shape.maxLogHeight(), shape.openings() + 1, Math.max(1, constraints), interactions, 1 + Bus.MAX_ARITY);
    }

    private void requireHeights(List<Integer> logHeights) {
        if (logHeights.size() != machine.chips().size())
            throw new IllegalArgumentException(
                    "heights are not of %d chips: %d".formatted(machine.chips().size(), logHeights.size()));
        for (var i = 0; i < logHeights.size(); i++)
            if (logHeights.get(i) < logLeastHeight(i) || logHeights.get(i) > logMostHeight(i))
                throw new IllegalArgumentException("height of %s is not 2^%d–2^%d: 2^%d"
                        .formatted(
                                machine.chips().get(i).name(), logLeastHeight(i), logMostHeight(i), logHeights.get(i)));
    }

    private static TableShape table(ChipDef chip, int logHeight, int extensionDegree) {
        return new TableShape(
                logHeight,
                chip.preprocessed().size(),
                chip.width(),
                chip.nextColumns().size(),
                chip.auxWidth(extensionDegree));
    }

    private static int logFixedHeight(ChipDef chip) {
        return Integer.numberOfTrailingZeros(chip.fixedHeight());
    }
}
