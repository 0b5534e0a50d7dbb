package org.ambientvcp.stark.kernel;

import org.ambientvcp.stark.field.ExtensionField;

/// Over columns of an extension, in plain Java.
final class PlainExtension {
    private PlainExtension() {}

    /// Coefficient k of a product is Σ a_i · b_(k-i), and w · Σ a_i · b_(d+k-i) for what is of degree d and above.
    static void multiply(int[][] a, int atA, int[][] b, int atB, int[][] out, int to, int count) {
        var degree = a.length;
        var w = ExtensionField.ofDegree(degree).nonResidue();
        var rows = Rows.ofThread();
        for (var done = 0; done < count; done += Rows.SIZE) {
            var size = Math.min(Rows.SIZE, count - done);
            for (var k = 0; k < degree; k++) {
                System.arraycopy(a[k], atA + done, rows.left[k], 0, size);
                System.arraycopy(b[k], atB + done, rows.right[k], 0, size);
                PlainLoops.mulConstant(rows.right[k], w, rows.wrapped[k], size);
            }
            for (var k = 0; k < degree; k++) {
                coefficient(rows, k, degree, size);
                System.arraycopy(rows.x, 0, out[k], to + done, size);
            }
        }
    }

    private static void coefficient(Rows rows, int k, int degree, int size) {
        var left = rows.left;
        PlainLoops.begin(left[0], rows.factor(k, 0, degree), left[1], rows.factor(k, 1, degree), rows.sum, size);
        PlainLoops.addTwo(left[2], rows.factor(k, 2, degree), left[3], rows.factor(k, 3, degree), rows.sum, size);
        PlainLoops.addFifth(left[4], rows.factor(k, 4, degree), rows.sum, size);
        if (degree == 6) PlainLoops.addOne(left[5], rows.factor(k, 5, degree), rows.sum, size);
        PlainLoops.end(rows.sum, rows.x, size);
    }

    static void addWeighted(
            int[] a0,
            int[] a1,
            int[] a2,
            int[] a3,
            int from,
            int[] weights,
            int first,
            int[][] sum,
            int at,
            int count) {
        var degree = sum.length;
        var rows = Rows.ofThread();
        for (var done = 0; done < count; done += Rows.SIZE) {
            var size = Math.min(Rows.SIZE, count - done);
            System.arraycopy(a0, from + done, rows.left[0], 0, size);
            System.arraycopy(a1, from + done, rows.left[1], 0, size);
            System.arraycopy(a2, from + done, rows.left[2], 0, size);
            System.arraycopy(a3, from + done, rows.left[3], 0, size);
            for (var k = 0; k < degree; k++) {
                var w = first + k;
                PlainLoops.begin(rows.left[0], weights[w], rows.left[1], weights[w + degree], rows.sum, size);
                PlainLoops.addTwo(
                        rows.left[2], weights[w + 2 * degree], rows.left[3], weights[w + 3 * degree], rows.sum, size);
                System.arraycopy(sum[k], at + done, rows.y, 0, size);
                PlainLoops.addEnd(rows.sum, rows.y, size);
                System.arraycopy(rows.y, 0, sum[k], at + done, size);
            }
        }
    }
}
