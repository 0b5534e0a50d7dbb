package org.ambientvcp.stark.air;

/// An expression that is zero on every row of its scope.
///
/// @param name a sentence that is true of honest runs, unique in the chip
/// @param modular whether the author states that equality mod p suffices; else the interval analysis shows that the
///     expression is zero as an integer when it is zero mod p
public record Constraint(String name, Scope scope, Expr expr, boolean modular) {

    /// The rows on which a constraint holds.
    public enum Scope {
        EVERY_ROW,
        FIRST_ROW,
        LAST_ROW,
        /// Every row but the last: the next row is the one below.
        TRANSITION;

        /// What the selector adds to the degree of the constraint.
        public int degree() {
            return this == FIRST_ROW || this == LAST_ROW ? 1 : 0;
        }
    }

    public Constraint {
        if (name.isBlank()) throw new IllegalArgumentException("constraint name is blank");
    }
}
