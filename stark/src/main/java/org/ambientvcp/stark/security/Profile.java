package org.ambientvcp.stark.security;

import java.util.List;
import java.util.Optional;

/// A named choice of parameters that reaches its target, in a proven regime, for everything within its limits. One
/// that does not cannot be constructed.
///
/// @param id as in the proof's header, 1–255
/// @param name in capital letters
/// @param parameters what proofs are made with
/// @param limits what may be proven with it
/// @param targetBits of security, at least [#LEAST_TARGET_BITS]
public record Profile(int id, String name, Parameters parameters, Sizes limits, int targetBits) {
    /// Fewer are not worth the name of a proof.
    public static final int LEAST_TARGET_BITS = 100;

    private static final Sizes LIMITS = new Sizes(20, 2400, 4000, 1L << 25, 9);

    /// Rate 1/2: proofs are made fastest and are largest.
    public static final Profile FAST = new Profile(1, "FAST", new Parameters(5, 1, 182, 20, 256), LIMITS, 100);

    /// Rate 1/4: what is used unless something else is asked for.
    public static final Profile STANDARD = new Profile(2, "STANDARD", new Parameters(5, 2, 88, 20, 128), LIMITS, 100);

    /// Rate 1/8: smaller proofs that take longer.
    public static final Profile COMPACT = new Profile(3, "COMPACT", new Parameters(5, 3, 58, 20, 128), LIMITS, 100);

    /// Rate 1/4 and a challenge field of degree 6.
    public static final Profile HIGH_128 = new Profile(4, "HIGH_128", new Parameters(6, 2, 115, 20, 256), LIMITS, 128);

    public Profile {
        Parameters.requireRange("id", id, 1, 255);
        if (!name.matches("[A-Z][A-Z0-9_]{0,31}"))
            throw new IllegalArgumentException("name is not of 1–32 capital letters, digits and _: " + name);
        Parameters.requireRange("targetBits", targetBits, LEAST_TARGET_BITS, 256);
        Parameters.requireRange(
                "limits.logHeight", limits.logHeight(), parameters.logMinHeight(), 27 - parameters.logBlowup());
        var soundness = Soundness.of(parameters, limits, Regime.JOHNSON);
        if (soundness.bits() < targetBits)
            throw new IllegalArgumentException("%s reaches %.2f of %d bits: %s"
                    .formatted(
                            name,
                            soundness.bits(),
                            targetBits,
                            soundness.binding().name()));
    }

    /// All that this version knows.
    public static List<Profile> all() {
        return List.of(FAST, STANDARD, COMPACT, HIGH_128);
    }

    /// The one with that identifier.
    public static Optional<Profile> ofId(int id) {
        return all().stream().filter(profile -> profile.id == id).findFirst();
    }

    /// The one with that name, in capital or small letters.
    public static Optional<Profile> ofName(String name) {
        return all().stream()
                .filter(profile -> profile.name.equalsIgnoreCase(name))
                .findFirst();
    }

    /// What is proven of it at its limits.
    public Soundness soundness() {
        return Soundness.of(parameters, limits, Regime.JOHNSON);
    }
}
