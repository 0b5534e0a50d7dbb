package org.ambientvcp.stark.security;

/// What is known, or assumed, of words far from a Reed–Solomon code.
public enum Regime {
    /// Up to half the distance: proven, and needs no list decoding.
    UNIQUE_DECODING("unique decoding, proven"),

    /// Up to the Johnson bound: proven by Ben-Sasson, Carmon, Haböck, Kopparty and Saraf, 2025, theorem 1.5.
    JOHNSON("Johnson bound, proven"),

    /// As if the worst words behaved as random ones do (Diamond and Gruen, ePrint 2025/2010). Not proven; the stronger
    /// assumption that earlier systems state, proximity gaps up to capacity, has been disproved.
    RANDOM_WORDS("random-words heuristic, not proven");

    private final String description;

    Regime(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }

    public boolean isProven() {
        return this != RANDOM_WORDS;
    }
}
