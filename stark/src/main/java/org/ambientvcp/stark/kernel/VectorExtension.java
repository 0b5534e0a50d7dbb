package org.ambientvcp.stark.kernel;

import org.ambientvcp.stark.field.ExtensionField;

/// Products in columns of an extension with the Vector API: coefficient k is Σ a_i · b_(k-i), and w · Σ a_i · b_(d+k-i)
/// for what is of degree d and above.
final class VectorExtension {
    private VectorExtension() {}

    static void multiply(int[][] a, int atA, int[][] b, int atB, int[][] out, int to, int count) {
        var degree = a.length;
        var w = ExtensionField.ofDegree(degree).nonResidue();
        var rows = Rows.ofThread();
        for (var done = 0; done < count; done += Rows.SIZE) {
            var size = Math.min(Rows.SIZE, count - done);
            for (var k = 0; k < degree; k++) {
                System.arraycopy(b[k], atB + done, rows.right[k], 0, size);
                if (degree == 5) FieldVectors.add(rows.right[k], 0, rows.right[k], 0, rows.wrapped[k], 0, size);
                else FieldVectors.mulConstant(rows.right[k], 0, w, rows.wrapped[k], 0, size);
            }
            for (var k = 0; k < degree; k++) {
                if (degree == 5) coefficient5(a, atA + done, rows, k, size);
                else coefficient6(a, atA + done, rows, k, size);
            }
            for (var k = 0; k < degree; k++) System.arraycopy(rows.left[k], 0, out[k], to + done, size);
        }
    }

    private static void coefficient5(int[][] a, int at, Rows rows, int k, int size) {
        ExtensionVectors.product5(
                a[0],
                a[1],
                a[2],
                a[3],
                a[4],
                at,
                rows.factor(k, 0, 5),
                rows.factor(k, 1, 5),
                rows.factor(k, 2, 5),
                rows.factor(k, 3, 5),
                rows.factor(k, 4, 5),
                rows.left[k],
                size);
    }

    private static void coefficient6(int[][] a, int at, Rows rows, int k, int size) {
        ExtensionVectors.product6(
                a[0],
                a[1],
                a[2],
                a[3],
                a[4],
                a[5],
                at,
                rows.factor(k, 0, 6),
                rows.factor(k, 1, 6),
                rows.factor(k, 2, 6),
                rows.factor(k, 3, 6),
                rows.factor(k, 4, 6),
                rows.factor(k, 5, 6),
                rows.left[k],
                size);
    }
}
