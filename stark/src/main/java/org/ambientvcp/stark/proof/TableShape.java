package org.ambientvcp.stark.proof;

/// What one table puts into each tree, in base field columns.
///
/// @param logHeight binary logarithm of its rows
/// @param preprocessed columns that the key fixes
/// @param main columns the prover commits to first
/// @param next how many of the main columns are also opened at the next row
/// @param auxiliary columns of the bus sums, the running sum's the last; 0 for a table without interactions
public record TableShape(int logHeight, int preprocessed, int main, int next, int auxiliary) {
    public TableShape {
        if (logHeight < 0 || logHeight > 27) throw new IllegalArgumentException("logHeight is not 0–27: " + logHeight);
        if (preprocessed < 0 || main < 0 || next < 0 || next > main || auxiliary < 0)
            throw new IllegalArgumentException("no widths: " + this);
    }

    public int height() {
        return 1 << logHeight;
    }
}
