package org.ambientvcp.stark.prover;

import java.util.List;
import org.ambientvcp.stark.field.Element;

/// What a prover may do differently from an honest one. Only tests have another one than [#HONEST]: they show that the
/// verifier refuses what comes of it.
public interface Strategy {
    Strategy HONEST = new Strategy() {};

    /// Whether the cells that carry the masks of the bus sums are left as the tables have them. Then the masks are what
    /// is there.
    default boolean keepsMasks() {
        return false;
    }

    /// May change the auxiliary columns of a chip before they are committed.
    ///
    /// @param chip its place in the machine
    /// @param columns base columns on the rows, the running sum's last; elements in Montgomery form
    default void auxiliary(int chip, int[][] columns) {}

    /// May claim another bus sum, mask included, than the columns have.
    default Element busSum(int chip, Element sum) {
        return sum;
    }

    /// May claim other values outside the domain than the columns have.
    default List<Element> openings(List<Element> values) {
        return values;
    }
}
