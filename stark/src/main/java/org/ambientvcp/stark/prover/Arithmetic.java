package org.ambientvcp.stark.prover;

import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.ExtensionField;

/// Arithmetic on blocks of rows. A block of extension elements is one array for each coordinate, all at one offset. A
/// result may be where an argument is. Nothing allocates.
final class Arithmetic {
    private Arithmetic() {}

    static void add(int[] a, int atA, int[] b, int atB, int[] out, int to, int count) {
        for (var i = 0; i < count; i++) out[to + i] = BabyBear.add(a[atA + i], b[atB + i]);
    }

    static void subtract(int[] a, int atA, int[] b, int atB, int[] out, int to, int count) {
        for (var i = 0; i < count; i++) out[to + i] = BabyBear.sub(a[atA + i], b[atB + i]);
    }

    static void multiply(int[] a, int atA, int[] b, int atB, int[] out, int to, int count) {
        for (var i = 0; i < count; i++) out[to + i] = BabyBear.mul(a[atA + i], b[atB + i]);
    }

    static void addConstant(int[] a, int atA, int constant, int[] out, int to, int count) {
        for (var i = 0; i < count; i++) out[to + i] = BabyBear.add(a[atA + i], constant);
    }

    static void multiplyConstant(int[] a, int atA, int constant, int[] out, int to, int count) {
        for (var i = 0; i < count; i++) out[to + i] = BabyBear.mul(a[atA + i], constant);
    }

    /// accumulator += constant · a, with a constant of the extension and base elements a.
    static void addScaled(int[] a, int atA, int[] constant, int[][] accumulator, int at, int count) {
        for (var k = 0; k < accumulator.length; k++) {
            var sum = accumulator[k];
            var factor = constant[k];
            for (var i = 0; i < count; i++) sum[at + i] = BabyBear.add(sum[at + i], BabyBear.mul(a[atA + i], factor));
        }
    }

    /// out = a · base, of extension elements and base elements.
    static void scale(int[][] a, int atA, int[] base, int atBase, int[][] out, int to, int count) {
        for (var k = 0; k < a.length; k++) multiply(a[k], atA, base, atBase, out[k], to, count);
    }

    static void add(int[][] a, int atA, int[][] b, int atB, int[][] out, int to, int count) {
        for (var k = 0; k < a.length; k++) add(a[k], atA, b[k], atB, out[k], to, count);
    }

    static void subtract(int[][] a, int atA, int[][] b, int atB, int[][] out, int to, int count) {
        for (var k = 0; k < a.length; k++) subtract(a[k], atA, b[k], atB, out[k], to, count);
    }

    /// out = a · b in the extension.
    static void multiply(ExtensionField field, int[][] a, int atA, int[][] b, int atB, int[][] out, int to, int count) {
        var d = a.length;
        var x = new int[d];
        var y = new int[d];
        for (var i = 0; i < count; i++) {
            for (var k = 0; k < d; k++) {
                x[k] = a[k][atA + i];
                y[k] = b[k][atB + i];
            }
            field.mul(x, 0, y, 0, x, 0);
            for (var k = 0; k < d; k++) out[k][to + i] = x[k];
        }
    }

    /// accumulator += constant · a in the extension.
    static void addMultiplied(
            ExtensionField field, int[][] a, int atA, int[] constant, int[][] accumulator, int at, int count) {
        var d = a.length;
        var x = new int[d];
        for (var i = 0; i < count; i++) {
            for (var k = 0; k < d; k++) x[k] = a[k][atA + i];
            field.mul(x, 0, constant, 0, x, 0);
            for (var k = 0; k < d; k++) accumulator[k][at + i] = BabyBear.add(accumulator[k][at + i], x[k]);
        }
    }
}
