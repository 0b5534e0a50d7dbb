package org.ambientvcp.stark.proof;

/// The trees that commit to the tables, in the order in which they are opened.
public enum Commitment {
    /// Columns that the key fixes; its root is in the key, and it has no salts.
    PREPROCESSED,
    /// The execution.
    MAIN,
    /// The bus sums.
    AUXILIARY,
    /// The quotients, and last of the highest the mask of FRI.
    QUOTIENT;

    /// Whether its leaves are salted.
    public boolean isSalted() {
        return this != PREPROCESSED;
    }
}
