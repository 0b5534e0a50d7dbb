package org.ambientvcp.stark.kernel;

import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.ExtensionField;

/// Products in columns of an extension, in plain Java: row by row, with the arithmetic of [ExtensionField] in locals.
final class PlainExtension {
    private static final long P_SHIFTED = (long) BabyBear.P << 32;
    private static final int NON_RESIDUE = ExtensionField.DEGREE_6.nonResidue();

    private PlainExtension() {}

    static void multiply5(int[][] a, int atA, int[][] b, int atB, int[][] out, int to, int count) {
        for (var i = 0; i < count; i++) {
            long a0 = a[0][atA + i];
            long a1 = a[1][atA + i];
            long a2 = a[2][atA + i];
            long a3 = a[3][atA + i];
            long a4 = a[4][atA + i];
            var b0 = b[0][atB + i];
            var b1 = b[1][atB + i];
            var b2 = b[2][atB + i];
            var b3 = b[3][atB + i];
            var b4 = b[4][atB + i];
            var w1 = BabyBear.add(b1, b1);
            var w2 = BabyBear.add(b2, b2);
            var w3 = BabyBear.add(b3, b3);
            var w4 = BabyBear.add(b4, b4);
            out[0][to + i] = reduce(a0 * b0 + a1 * w4 + a2 * w3 + a3 * w2, a4 * w1);
            out[1][to + i] = reduce(a0 * b1 + a1 * b0 + a2 * w4 + a3 * w3, a4 * w2);
            out[2][to + i] = reduce(a0 * b2 + a1 * b1 + a2 * b0 + a3 * w4, a4 * w3);
            out[3][to + i] = reduce(a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0, a4 * w4);
            out[4][to + i] = reduce(a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1, a4 * b0);
        }
    }

    static void multiply6(int[][] a, int atA, int[][] b, int atB, int[][] out, int to, int count) {
        for (var i = 0; i < count; i++) {
            long a0 = a[0][atA + i];
            long a1 = a[1][atA + i];
            long a2 = a[2][atA + i];
            long a3 = a[3][atA + i];
            long a4 = a[4][atA + i];
            long a5 = a[5][atA + i];
            var b0 = b[0][atB + i];
            var b1 = b[1][atB + i];
            var b2 = b[2][atB + i];
            var b3 = b[3][atB + i];
            var b4 = b[4][atB + i];
            var b5 = b[5][atB + i];
            var w1 = BabyBear.mul(b1, NON_RESIDUE);
            var w2 = BabyBear.mul(b2, NON_RESIDUE);
            var w3 = BabyBear.mul(b3, NON_RESIDUE);
            var w4 = BabyBear.mul(b4, NON_RESIDUE);
            var w5 = BabyBear.mul(b5, NON_RESIDUE);
            out[0][to + i] = reduce(a0 * b0 + a1 * w5 + a2 * w4 + a3 * w3, a4 * w2 + a5 * w1);
            out[1][to + i] = reduce(a0 * b1 + a1 * b0 + a2 * w5 + a3 * w4, a4 * w3 + a5 * w2);
            out[2][to + i] = reduce(a0 * b2 + a1 * b1 + a2 * b0 + a3 * w5, a4 * w4 + a5 * w3);
            out[3][to + i] = reduce(a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0, a4 * w5 + a5 * w4);
            out[4][to + i] = reduce(a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1, a4 * b0 + a5 * w5);
            out[5][to + i] = reduce(a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2, a4 * b1 + a5 * b0);
        }
    }

    /// The sum of a sum of four products and one of two, reduced: 4p² < 2^64, and p·2^32 + 2p² < 2^64.
    private static int reduce(long four, long two) {
        return BabyBear.reduce(wrap(wrap(four) + two));
    }

    private static long wrap(long t) {
        return Long.compareUnsigned(t, P_SHIFTED) >= 0 ? t - P_SHIFTED : t;
    }
}
