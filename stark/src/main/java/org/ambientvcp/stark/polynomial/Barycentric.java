package org.ambientvcp.stark.polynomial;

import java.util.Arrays;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;
import org.ambientvcp.stark.kernel.ExtensionColumns;
import org.ambientvcp.stark.kernel.Kernels;

/// The value, at a point z of an extension, of the polynomial of degree below n that has given values on s·H:
///
/// ```text
/// f(z) = (z^n - s^n) / (n · s^n) · Σ_r f(x_r) · x_r / (z - x_r),   x_r = s·ω_n^r
/// ```
///
/// For the points of one domain and one z, the weights of all columns are the same. Immutable; safe for all threads.
public final class Barycentric {
    private final Kernels kernels;
    private final ExtensionField field;
    private final Element point;
    private final int toTheRows;
    private final int logRows;
    /// Coefficient k of the weight of row r is at r of column k; as many as a kernel works on, if the rows are fewer.
    private final int[][] weights;

    /// @param shift s, not 0
    /// @param point z, not one of the points x_r
    /// @throws ArithmeticException if it is
    public Barycentric(int logRows, int shift, Element point, Kernels kernels) {
        this.kernels = kernels;
        this.logRows = logRows;
        this.point = point;
        field = point.field();
        toTheRows = BabyBear.toThePowerOfTwo(shift, logRows);
        weights = weights(shift);
    }

    /// With the points of a coset of a domain.
    public static Barycentric of(Domain domain, int coset, Element point, Kernels kernels) {
        return new Barycentric(domain.logRows(), domain.shift(coset), point, kernels);
    }

    private int[][] weights(int shift) {
        var n = Math.max(Kernels.LANES, 1 << logRows);
        var columns = new ExtensionColumns(field, kernels);
        var points = points(shift, n);
        var differences = new int[field.degree()][n];
        for (var k = 0; k < field.degree(); k++) Arrays.fill(differences[k], point.coefficient(k));
        kernels.sub(differences[0], 0, points, 0, differences[0], 0, n);
        var inverses = new int[field.degree()][n];
        columns.inverses(differences, 0, inverses, 0, n);
        columns.scale(inverses, 0, points, 0, inverses, 0, n);
        var weights = new int[field.degree()][n];
        var common = vanishing().times(BabyBear.inverse(BabyBear.mul(BabyBear.of(1L << logRows), toTheRows)));
        columns.addMultiplied(inverses, 0, common, weights, 0, n);
        return weights;
    }

    private int[] points(int shift, int count) {
        var points = new int[count];
        points[0] = shift;
        for (var r = 1; r < count; r++) points[r] = BabyBear.mul(points[r - 1], BabyBear.rootOfUnity(logRows));
        return points;
    }

    /// z^n - s^n: what the polynomial that vanishes on all the points is at z.
    public Element vanishing() {
        return point.toThePowerOfTwo(logRows).minus(toTheRows);
    }

    /// f(z), of the polynomial of degree below n with these values, in the order of the points.
    public Element evaluate(int[] values, int from) {
        var n = 1 << logRows;
        var padded =
                n < Kernels.LANES ? Arrays.copyOf(Arrays.copyOfRange(values, from, from + n), Kernels.LANES) : values;
        var sums = new int[field.degree()];
        kernels.addProducts(padded, n < Kernels.LANES ? 0 : from, weights, 0, weights[0].length, sums);
        return field.element(sums, 0);
    }

    /// f(z), of the polynomial low + X^n · tail: on s·H it is low + s^n · tail.
    public Element evaluate(int[] values, int from, int[] tail) {
        return evaluate(values, from).plus(vanishing().times(Horner.evaluate(tail, point)));
    }
}
