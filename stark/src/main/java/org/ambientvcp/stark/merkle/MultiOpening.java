package org.ambientvcp.stark.merkle;

/// Some rows of the matrices of a tree and what connects them with the root, without anything that can be calculated
/// from the rest.
///
/// For each height, the tallest first, the rows at the sorted, distinct positions that are opened; of each row the
/// values in canonical form, and in `salts` its 4 words. Then, for each level from the lowest, the missing children of
/// the parents of what is known, in the order of the parents: 8 words each in `path`.
///
/// Nothing is checked but by [OpeningCheck]. Immutable.
public final class MultiOpening {
    private final int[] values;
    private final int[] salts;
    private final int[] path;

    public MultiOpening(int[] values, int[] salts, int[] path) {
        this.values = values.clone();
        this.salts = salts.clone();
        this.path = path.clone();
    }

    public int[] values() {
        return values.clone();
    }

    public int[] salts() {
        return salts.clone();
    }

    public int[] path() {
        return path.clone();
    }
}
