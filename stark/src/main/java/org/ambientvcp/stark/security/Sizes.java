package org.ambientvcp.stark.security;

import static org.ambientvcp.stark.security.Parameters.requireRange;

/// How large what is proven is, as far as cheating gets easier with it.
///
/// @param logHeight binary logarithm of the rows of the highest table, 5–22
/// @param openings polynomials times points at which they are opened, over all tables: what one random power sum
/// batches
/// @param constraints of all tables
/// @param interactions rows times interactions, over all tables, and the boundary's: terms of the sum that must vanish
/// @param messageWidth elements of the widest message, the bus included
public record Sizes(int logHeight, int openings, int constraints, long interactions, int messageWidth) {
    /// Degree that constraints have at most.
    public static final int CONSTRAINT_DEGREE = 3;

    public Sizes {
        requireRange("logHeight", logHeight, 5, 22);
        requireRange("openings", openings, 2, 1 << 16);
        requireRange("constraints", constraints, 1, 1 << 20);
        requireRange("interactions", interactions, 0, 1L << 52);
        requireRange("messageWidth", messageWidth, 1, 64);
    }

    /// Whether this is nowhere larger than the limits.
    public boolean within(Sizes limits) {
        return logHeight <= limits.logHeight
                && openings <= limits.openings
                && constraints <= limits.constraints
                && interactions <= limits.interactions
                && messageWidth <= limits.messageWidth;
    }
}
