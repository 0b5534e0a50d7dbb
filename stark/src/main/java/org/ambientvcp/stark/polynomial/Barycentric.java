package org.ambientvcp.stark.polynomial;

import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;

/// The value, at a point z of an extension, of the polynomial of degree below n that has given values on s·H:
///
/// ```text
/// f(z) = (z^n - s^n) / (n · s^n) · Σ_r f(x_r) · x_r / (z - x_r),   x_r = s·ω_n^r
/// ```
///
/// For the points of one domain and one z, the weights of all columns are the same. Immutable; safe for all threads.
public final class Barycentric {
    private final ExtensionField field;
    private final Element point;
    private final int toTheRows;
    private final int logRows;
    /// Of row r, at r · degree.
    private final int[] weights;

    /// @param shift s, not 0
    /// @param point z, not one of the points x_r
    /// @throws ArithmeticException if it is
    public Barycentric(int logRows, int shift, Element point) {
        this.logRows = logRows;
        this.point = point;
        field = point.field();
        toTheRows = BabyBear.toThePowerOfTwo(shift, logRows);
        weights = weights(shift);
    }

    /// With the points of a coset of a domain.
    public static Barycentric of(Domain domain, int coset, Element point) {
        return new Barycentric(domain.logRows(), domain.shift(coset), point);
    }

    private int[] weights(int shift) {
        var n = 1 << logRows;
        var d = field.degree();
        var points = new int[n];
        var differences = new int[n * d];
        var x = shift;
        for (var r = 0; r < n; r++) {
            points[r] = x;
            point.minus(x).copyTo(differences, r * d);
            x = BabyBear.mul(x, BabyBear.rootOfUnity(logRows));
        }
        var weights = inverses(differences, n);
        var common = vanishing().times(BabyBear.inverse(BabyBear.mul(BabyBear.of(n), toTheRows)));
        var factor = new int[d];
        common.copyTo(factor, 0);
        for (var r = 0; r < n; r++) {
            field.mul(weights, r * d, factor, 0, weights, r * d);
            field.scale(weights, r * d, points[r], weights, r * d);
        }
        return weights;
    }

    /// One inversion for all: of the product of all, of which the others are multiples.
    private int[] inverses(int[] values, int n) {
        var d = field.degree();
        var products = new int[(n + 1) * d];
        field.one().copyTo(products, 0);
        for (var i = 0; i < n; i++) field.mul(products, i * d, values, i * d, products, (i + 1) * d);
        var rest = new int[d];
        field.element(products, n * d).inverse().copyTo(rest, 0);
        var inverses = new int[n * d];
        for (var i = n - 1; i >= 0; i--) {
            field.mul(products, i * d, rest, 0, inverses, i * d);
            field.mul(rest, 0, values, i * d, rest, 0);
        }
        return inverses;
    }

    /// z^n - s^n: what the polynomial that vanishes on all the points is at z.
    public Element vanishing() {
        return point.toThePowerOfTwo(logRows).minus(toTheRows);
    }

    /// f(z), of the polynomial of degree below n with these values, in the order of the points.
    public Element evaluate(int[] values, int from) {
        var d = field.degree();
        var sum = new int[d];
        var term = new int[d];
        for (var r = 0; r < 1 << logRows; r++) {
            field.scale(weights, r * d, values[from + r], term, 0);
            field.add(sum, 0, term, 0, sum, 0);
        }
        return field.element(sum, 0);
    }

    /// f(z), of the polynomial low + X^n · tail: on s·H it is low + s^n · tail.
    public Element evaluate(int[] values, int from, int[] tail) {
        return evaluate(values, from).plus(vanishing().times(Horner.evaluate(tail, point)));
    }
}
