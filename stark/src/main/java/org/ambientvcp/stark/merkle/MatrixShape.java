package org.ambientvcp.stark.merkle;

/// The height and the width of a committed matrix.
///
/// @param logRows 2^`logRows` rows in each coset, 0–27
/// @param width 1 or more
public record MatrixShape(int logRows, int width) {
    public MatrixShape {
        if (logRows < 0 || logRows > 27) throw new IllegalArgumentException("logRows is not 0–27: " + logRows);
        if (width < 1) throw new IllegalArgumentException("width is under 1: " + width);
    }
}
