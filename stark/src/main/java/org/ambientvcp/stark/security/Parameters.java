package org.ambientvcp.stark.security;

/// What a proof is made with, apart from the statement.
///
/// @param extensionDegree of the challenge field over BabyBear: 5 or 6
/// @param logBlowup binary logarithm of the inverse rate, 1–4: an LDE domain has `2^logBlowup` times the rows of its
/// trace
/// @param queries positions at which FRI is checked, 1–1,024
/// @param grindingBits zero bits the proof of work before the queries must show, 0–32
/// @param randomisers random coefficients that hide each column, a power of two: openings of a column, in base field
///     elements, must not be more than these
public record Parameters(int extensionDegree, int logBlowup, int queries, int grindingBits, int randomisers) {
    /// Rows at which folding stops and the rest is sent as coefficients.
    public static final int FINAL_ROWS = 32;

    /// Coefficients of the final polynomial: the 33rd pays for the randomisers.
    public static final int FINAL_COEFFICIENTS = FINAL_ROWS + 1;

    /// Binary logarithm of the number of values that one folding step makes one.
    public static final int LOG_ARITY = 3;

    /// Points outside the domain at which a column is opened at most: z and its successor.
    public static final int OPENING_POINTS = 2;

    /// Pieces of degree `rows + randomisers` into which each quotient is cut.
    public static final int QUOTIENT_CHUNKS = 3;

    public Parameters {
        requireRange("extensionDegree", extensionDegree, 5, 6);
        requireRange("logBlowup", logBlowup, 1, 4);
        requireRange("queries", queries, 1, 1024);
        requireRange("grindingBits", grindingBits, 0, 32);
        requireRange("randomisers", randomisers, 1, 1 << 16);
        if (Integer.bitCount(randomisers) != 1)
            throw new IllegalArgumentException("randomisers is not a power of two: " + randomisers);
        var needed = queries + QUOTIENT_CHUNKS * OPENING_POINTS * extensionDegree + 1;
        if (randomisers < needed)
            throw new IllegalArgumentException("randomisers is not at least " + needed + ": " + randomisers);
    }

    /// Values a position of the LDE domain has per row of the trace.
    public int blowup() {
        return 1 << logBlowup;
    }

    /// Binary logarithm of the fewest rows a table can have: the randomisers are at most 1/32 of them, so that the
    /// folded polynomial has [#FINAL_COEFFICIENTS] coefficients whatever the height.
    public int logMinHeight() {
        return Integer.numberOfTrailingZeros(randomisers) + Integer.numberOfTrailingZeros(FINAL_ROWS);
    }

    static void requireRange(String name, long value, long least, long most) {
        if (value < least || value > most)
            throw new IllegalArgumentException("%s is not %d–%d: %d".formatted(name, least, most, value));
    }
}
