package org.ambientvcp.stark.polynomial;

/// The number-theoretic transform of one size, between values on the group H in order and coefficients in an order of
/// its own.
///
/// Immutable; safe for all threads.
sealed interface Transform permits LaneTransform, SmallTransform {
    /// Where coefficient k is.
    int position(int k);

    /// From values to coefficients, in place.
    void inverse(int[] a, int at);

    /// From coefficients to values, in place.
    void forward(int[] a, int at);
}
