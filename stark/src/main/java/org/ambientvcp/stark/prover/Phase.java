package org.ambientvcp.stark.prover;

/// What a prover is doing; the phases follow one another in this order.
public enum Phase {
    /// Extends and commits to the execution.
    MAIN,
    /// Computes, extends and commits to the bus sums.
    AUXILIARY,
    /// Evaluates all constraints, divides, and commits to the quotients.
    QUOTIENT,
    /// Evaluates all columns outside the domain.
    OPENINGS,
    /// Batches all columns into codewords.
    BATCHING,
    /// Folds and commits to the layers.
    FOLDING,
    /// Grinds and opens the queried rows.
    QUERIES
}
