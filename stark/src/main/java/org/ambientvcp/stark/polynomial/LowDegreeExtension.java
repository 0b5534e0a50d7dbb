package org.ambientvcp.stark.polynomial;

import org.ambientvcp.stark.field.BabyBear;

/// Between the values of columns and the coefficients of their polynomials, for one domain.
///
/// A polynomial of degree below n + h, h ≤ n, is n coefficients and the `tail` of h more: low(X) + X^n · tail(X). On a
/// coset of H, X^n is a constant c, and the values are those of low + c · tail, of degree below n: a tail costs h
/// products for each coset and no longer transform.
///
/// A randomised column, w + (X^n - 1) · ρ, is low = w - ρ with tail = ρ: on H it has the values of w.
///
/// Coefficient k of an array is at [#position]; only who touches single coefficients has to know.
///
/// Immutable; safe for all threads.
public final class LowDegreeExtension {
    private final Domain domain;
    private final int[] twiddles;
    private final int[] inverseTwiddles;

    public LowDegreeExtension(Domain domain) {
        this.domain = domain;
        twiddles = powers(domain.rowGenerator(), domain.rows() / 2);
        inverseTwiddles = powers(BabyBear.inverse(domain.rowGenerator()), domain.rows() / 2);
    }

    private static int[] powers(int base, int count) {
        var powers = new int[Math.max(1, count)];
        powers[0] = BabyBear.ONE;
        for (var i = 1; i < powers.length; i++) powers[i] = BabyBear.mul(powers[i - 1], base);
        return powers;
    }

    public Domain domain() {
        return domain;
    }

    /// Where coefficient `k` < n is in an array of coefficients.
    public int position(int k) {
        return k;
    }

    /// From the values on H, in order, to the n coefficients. Both may be the same place.
    public void interpolate(int[] values, int from, int[] coefficients, int to) {
        interpolate(values, from, coefficients, to, BabyBear.ONE);
    }

    /// From the values on the coset `shift` · H to the n coefficients. Both may be the same place.
    public void interpolate(int[] values, int from, int[] coefficients, int to, int shift) {
        var n = domain.rows();
        System.arraycopy(values, from, coefficients, to, n);
        transform(coefficients, to, inverseTwiddles);
        var factor = BabyBear.inverse(BabyBear.of(n));
        var inverse = BabyBear.inverse(shift);
        for (var i = 0; i < n; i++) {
            coefficients[to + i] = BabyBear.mul(coefficients[to + i], factor);
            factor = BabyBear.mul(factor, inverse);
        }
    }

    /// From n coefficients and a tail to the values on the whole domain, in coset-natural order.
    public void evaluate(int[] coefficients, int from, int[] tail, int[] values, int to) {
        for (var coset = 0; coset < domain.cosets(); coset++)
            evaluate(coefficients, from, tail, domain.shift(coset), values, to + coset * domain.rows());
    }

    /// From n coefficients and a tail to the n values on the coset `shift` · H.
    public void evaluate(int[] coefficients, int from, int[] tail, int shift, int[] values, int to) {
        var n = domain.rows();
        var toTheRows = BabyBear.pow(shift, n);
        var power = BabyBear.ONE;
        for (var i = 0; i < n; i++) {
            var coefficient = coefficients[from + i];
            if (i < tail.length) coefficient = BabyBear.add(coefficient, BabyBear.mul(toTheRows, tail[i]));
            values[to + i] = BabyBear.mul(coefficient, power);
            power = BabyBear.mul(power, shift);
        }
        transform(values, to, twiddles);
    }

    /// Σ a_k · ω^(ik) for every i, in place.
    private void transform(int[] a, int at, int[] powers) {
        var log = domain.logRows();
        var n = domain.rows();
        for (var i = 0; i < n; i++) {
            var j = log == 0 ? 0 : Integer.reverse(i) >>> (32 - log);
            if (i < j) {
                var swap = a[at + i];
                a[at + i] = a[at + j];
                a[at + j] = swap;
            }
        }
        for (var half = 1; half < n; half *= 2) {
            var step = n / 2 / half;
            for (var block = at; block < at + n; block += 2 * half) {
                for (var i = 0; i < half; i++) {
                    var u = a[block + i];
                    var v = BabyBear.mul(a[block + half + i], powers[i * step]);
                    a[block + i] = BabyBear.add(u, v);
                    a[block + half + i] = BabyBear.sub(u, v);
                }
            }
        }
    }
}
