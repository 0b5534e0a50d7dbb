package org.ambientvcp.stark.kernel;

import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;

/// Arithmetic on columns of an extension that is made of several kernels. As there: counts are multiples of 16, and
/// the result may be where an argument is.
///
/// Has scratch arrays, and so is for one thread; calls do not allocate.
public final class ExtensionColumns {
    /// How many rows of a column are worked on at a time: 2 KiB, so that those of a step are in the first cache.
    public static final int BLOCK = 512;

    private final ExtensionField field;
    private final Kernels kernels;
    private final int degree;
    private final int[] weights;
    private final int[][] first;
    private final int[][] second;
    private final int[][] inverse;

    public ExtensionColumns(ExtensionField field, Kernels kernels) {
        this.field = field;
        this.kernels = kernels;
        degree = field.degree();
        weights = new int[degree * degree];
        first = new int[degree][BLOCK];
        second = new int[degree][BLOCK];
        inverse = new int[degree][BLOCK];
    }

    public void add(int[][] a, int atA, int[][] b, int atB, int[][] out, int to, int count) {
        for (var k = 0; k < degree; k++) kernels.add(a[k], atA, b[k], atB, out[k], to, count);
    }

    public void sub(int[][] a, int atA, int[][] b, int atB, int[][] out, int to, int count) {
        for (var k = 0; k < degree; k++) kernels.sub(a[k], atA, b[k], atB, out[k], to, count);
    }

    /// out = a · base, of an extension column and a base column.
    public void scale(int[][] a, int atA, int[] base, int atBase, int[][] out, int to, int count) {
        for (var k = 0; k < degree; k++) kernels.mul(a[k], atA, base, atBase, out[k], to, count);
    }

    /// sum += Σ_j a_j · w_j, of base columns and elements, whose coefficients are one after another in `weights`.
    public void addWeighted(int[][] a, int from, int[] weights, int[][] sum, int at, int count) {
        var j = 0;
        for (; j + 4 <= a.length; j += 4)
            kernels.addWeighted(a[j], a[j + 1], a[j + 2], a[j + 3], from, weights, j * degree, sum, at, count);
        for (; j < a.length; j++)
            for (var k = 0; k < degree; k++) kernels.addScaled(a[j], from, weights[j * degree + k], sum[k], at, count);
    }

    /// sum += a · constant; `sum` is another column than `a`. The product is linear in the coefficients of a: those are
    /// weighted with constant · x^i.
    public void addMultiplied(int[][] a, int atA, Element constant, int[][] sum, int at, int count) {
        constant.copyTo(weights, 0);
        for (var i = 1; i < degree; i++) {
            var before = (i - 1) * degree;
            weights[i * degree] = BabyBear.mul(weights[before + degree - 1], field.nonResidue());
            System.arraycopy(weights, before, weights, i * degree + 1, degree - 1);
        }
        addWeighted(a, atA, weights, sum, at, count);
    }

    /// out = 1 / a; `out` is another column than `a`. One inversion, of [#BLOCK] elements, for all: products of the
    /// first rows of all blocks, of the second rows, … go forth, their inverses back (Montgomery's trick).
    ///
    /// @throws ArithmeticException if one is 0
    public void inverses(int[][] a, int atA, int[][] out, int to, int count) {
        var blocks = Math.ceilDiv(count, BLOCK);
        for (var j = 1; j < blocks; j++) {
            var size = Math.min(BLOCK, count - j * BLOCK);
            var previous = j == 1 ? a : out;
            var atPrevious = (j == 1 ? atA : to + (j - 1) * BLOCK);
            kernels.multiply(previous, atPrevious, a, atA + j * BLOCK, out, to + j * BLOCK, size);
        }
        var size = count - (blocks - 1) * BLOCK;
        if (blocks == 1) {
            invert(a, atA, size);
            copy(inverse, 0, out, to, size);
            return;
        }
        // The last block may be shorter: the rows that it has not end in the block before.
        invert(out, to + (blocks - 1) * BLOCK, size);
        if (size < BLOCK) {
            copy(inverse, 0, second, 0, size);
            var before = blocks == 2 ? a : out;
            var atBefore = (blocks == 2 ? atA : to + (blocks - 2) * BLOCK) + size;
            invert(before, atBefore, BLOCK - size);
            copy(inverse, 0, inverse, size, BLOCK - size);
            copy(second, 0, inverse, 0, size);
        }
        for (var j = blocks - 1; j > 0; j--, size = BLOCK) {
            var previous = j == 1 ? a : out;
            var atPrevious = j == 1 ? atA : to + (j - 1) * BLOCK;
            kernels.multiply(inverse, 0, previous, atPrevious, out, to + j * BLOCK, size);
            kernels.multiply(inverse, 0, a, atA + j * BLOCK, inverse, 0, size);
        }
        copy(inverse, 0, out, to, BLOCK);
    }

    private void copy(int[][] from, int at, int[][] to, int into, int count) {
        for (var k = 0; k < degree; k++) System.arraycopy(from[k], at, to[k], into, count);
    }

    /// inverse = 1 / a, of at most [#BLOCK] elements, with the norm: a · c is of the base field for the product c of
    /// the
    /// conjugates a^p … a^(p^(d-1)).
    private void invert(int[][] a, int at, int count) {
        conjugate(a, at, 1, first, count);
        conjugate(a, at, 2, inverse, count);
        kernels.multiply(first, 0, inverse, 0, first, 0, count);
        conjugate(first, 0, 2, inverse, count);
        kernels.multiply(first, 0, inverse, 0, inverse, 0, count);
        if (degree == 6) {
            conjugate(a, at, 5, first, count);
            kernels.multiply(first, 0, inverse, 0, inverse, 0, count);
        }
        kernels.multiply(a, at, inverse, 0, first, 0, count);
        invertBase(first[0], first[1], count);
        scale(inverse, 0, first[0], 0, inverse, 0, count);
    }

    /// out = a^(p^power)
    private void conjugate(int[][] a, int at, int power, int[][] out, int count) {
        for (var i = 0; i < degree; i++)
            kernels.mulConstant(a[i], at, BabyBear.pow(field.frobenius(i), power), out[i], 0, count);
    }

    /// In place.
    private static void invertBase(int[] values, int[] products, int count) {
        var product = BabyBear.ONE;
        for (var i = 0; i < count; i++) {
            products[i] = product;
            product = BabyBear.mul(product, values[i]);
        }
        var rest = BabyBear.inverse(product);
        for (var i = count - 1; i >= 0; i--) {
            var value = values[i];
            values[i] = BabyBear.mul(rest, products[i]);
            rest = BabyBear.mul(rest, value);
        }
    }
}
