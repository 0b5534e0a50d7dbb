package org.ambientvcp.stark.polynomial;

import org.ambientvcp.stark.field.BabyBear;

/// Where the columns of one height are evaluated. The trace domain H is the group of order n = 2^`logRows`, generated
/// by
/// ω_n. The low-degree extension domain, of size L = B·n with B = 2^`logBlowup`, is g_L·⟨ω_L⟩.
///
/// Its order is coset-natural: index i = b·n + r stands for x = g_L · ω_L^(brev(b) + B·r), coset b < B, row r < n, brev
/// being the reversal of the log B bits of b. So
///  - the row after r is r + 1 in the same coset, cyclically: x · ω_n;
///  - -x is r + n/2 in the same coset, cyclically;
///  - x² is, in the domain of n/2 rows, r mod n/2 in the same coset, because g_L² = g_(L/2).
///
/// @param logRows 0 or more
/// @param logBlowup 0 or more; both together at most 27
public record Domain(int logRows, int logBlowup) {
    public Domain {
        if (logRows < 0) throw new IllegalArgumentException("logRows is negative: " + logRows);
        if (logBlowup < 0) throw new IllegalArgumentException("logBlowup is negative: " + logBlowup);
        if (logRows + logBlowup > BabyBear.TWO_ADICITY)
            throw new IllegalArgumentException("domain is larger than 2^27: 2^" + (logRows + logBlowup));
    }

    /// n
    public int rows() {
        return 1 << logRows;
    }

    /// B
    public int cosets() {
        return 1 << logBlowup;
    }

    /// L
    public int size() {
        return 1 << logSize();
    }

    public int logSize() {
        return logRows + logBlowup;
    }

    /// ω_n: what leads to the next row.
    public int rowGenerator() {
        return BabyBear.rootOfUnity(logRows);
    }

    /// The first point of a coset; the others are this times powers of ω_n.
    public int shift(int coset) {
        var exponent = logBlowup == 0 ? 0 : Integer.reverse(coset) >>> (32 - logBlowup);
        return BabyBear.mul(BabyBear.cosetShift(logSize()), BabyBear.pow(BabyBear.rootOfUnity(logSize()), exponent));
    }

    public int point(int coset, int row) {
        return BabyBear.mul(shift(coset), BabyBear.pow(rowGenerator(), row));
    }

    /// The value of X^n on all of a coset; never 1.
    public int toTheRows(int coset) {
        return BabyBear.pow(shift(coset), rows());
    }

    /// The domain of the squares, their squares, …: `log` times.
    public Domain folded(int log) {
        return new Domain(logRows - log, logBlowup);
    }
}
