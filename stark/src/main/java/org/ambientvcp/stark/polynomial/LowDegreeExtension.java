package org.ambientvcp.stark.polynomial;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.kernel.Kernels;

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
/// Safe for all threads. Keeps the powers of every shift it was asked for: n values each.
public final class LowDegreeExtension {
    private final Domain domain;
    private final Kernels kernels;
    private final Transform transform;
    private final Map<Integer, int[]> powers = new ConcurrentHashMap<>();

    public LowDegreeExtension(Domain domain, Kernels kernels) {
        this.domain = domain;
        this.kernels = kernels;
        transform = domain.logRows() < LaneTransform.LEAST_LOG_ROWS
                ? new SmallTransform(domain.logRows())
                : new LaneTransform(domain.logRows(), kernels);
    }

    public Domain domain() {
        return domain;
    }

    /// Where coefficient `k` < n is in an array of coefficients.
    public int position(int k) {
        return transform.position(k);
    }

    /// From the values on H, in order, to the n coefficients. Both may be the same place.
    public void interpolate(int[] values, int from, int[] coefficients, int to) {
        System.arraycopy(values, from, coefficients, to, domain.rows());
        transform.inverse(coefficients, to);
    }

    /// From the values on the coset `shift` · H to the n coefficients. Both may be the same place.
    public void interpolate(int[] values, int from, int[] coefficients, int to, int shift) {
        interpolate(values, from, coefficients, to);
        scale(coefficients, to, powers(BabyBear.inverse(shift)), coefficients, to);
    }

    /// From n coefficients and a tail to the values on the whole domain, in coset-natural order.
    public void evaluate(int[] coefficients, int from, int[] tail, int[] values, int to) {
        for (var coset = 0; coset < domain.cosets(); coset++)
            evaluate(coefficients, from, tail, domain.shift(coset), values, to + coset * domain.rows());
    }

    /// From n coefficients and a tail to the n values on the coset `shift` · H.
    public void evaluate(int[] coefficients, int from, int[] tail, int shift, int[] values, int to) {
        var scales = powers(shift);
        scale(coefficients, from, scales, values, to);
        var toTheRows = BabyBear.pow(shift, domain.rows());
        for (var k = 0; k < tail.length; k++) {
            var at = transform.position(k);
            var wrapped = BabyBear.mul(BabyBear.mul(toTheRows, tail[k]), scales[at]);
            values[to + at] = BabyBear.add(values[to + at], wrapped);
        }
        transform.forward(values, to);
    }

    private void scale(int[] coefficients, int from, int[] scales, int[] scaled, int to) {
        var n = domain.rows();
        if (n >= Kernels.LANES) kernels.mul(coefficients, from, scales, 0, scaled, to, n);
        else for (var i = 0; i < n; i++) scaled[to + i] = BabyBear.mul(coefficients[from + i], scales[i]);
    }

    /// shift^k, where coefficient k is.
    private int[] powers(int shift) {
        return powers.computeIfAbsent(shift, base -> {
            var table = new int[domain.rows()];
            var power = BabyBear.ONE;
            for (var k = 0; k < table.length; k++) {
                table[transform.position(k)] = power;
                power = BabyBear.mul(power, base);
            }
            return table;
        });
    }
}
