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
                PlainLoops.begin(rows.left[0], rows.right[k], rows.sum, size);
                for (var i = 1; i < degree; i++) {
                    if (i == 4) PlainLoops.makeRoom(rows.sum, size);
                    PlainLoops.addProduct(rows.left[i], rows.factor(k, i, degree), rows.sum, size);
                }
                PlainLoops.end(rows.sum, rows.x, size);
                System.arraycopy(rows.x, 0, out[k], to + done, size);
            }
        }
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
                PlainLoops.begin(rows.left[0], weights[first + k], rows.sum, size);
                for (var j = 1; j < 4; j++)
                    PlainLoops.addProduct(rows.left[j], weights[first + j * degree + k], rows.sum, size);
                PlainLoops.end(rows.sum, rows.x, size);
                System.arraycopy(sum[k], at + done, rows.y, 0, size);
                PlainLoops.add(rows.x, rows.y, rows.y, size);
                System.arraycopy(rows.y, 0, sum[k], at + done, size);
            }
        }
    }
}
