package org.ambientvcp.stark.prover;

import org.ambientvcp.stark.field.ExtensionField;

/// Inverts blocks of extension elements with three multiplications each: elements half a block apart are multiplied
/// until few are left, these are inverted together, and the inverses are multiplied back down.
///
/// Zero has no inverse; a block with one has arbitrary elements instead. Not thread-safe.
final class BatchInversion {
    /// Products at which it is cheaper to go on one by one.
    private static final int FEW = 16;

    private final ExtensionField field;
    /// The products of each level after one another, so twice the block.
    private final int[][] products;
    private final int[][] inverses;
    private final int[] running;

    /// @param count most elements of a block
    BatchInversion(ExtensionField field, int count) {
        this.field = field;
        products = new int[field.degree()][2 * count];
        inverses = new int[field.degree()][count];
        running = new int[(FEW + 1) * field.degree()];
    }

    /// @param count 16 times a power of two
    void invert(int[][] values, int from, int[][] out, int to, int count) {
        var d = field.degree();
        for (var k = 0; k < d; k++) System.arraycopy(values[k], from, products[k], 0, count);
        var at = 0;
        var size = count;
        for (; size > FEW; size /= 2) {
            var half = size / 2;
            Arithmetic.multiply(field, products, at, products, at + half, products, at + size, half);
            at += size;
        }
        invertFew(at, size);
        for (; size < count; size *= 2) {
            var above = at - 2 * size;
            // inverse of a pair's product times the other of the pair
            Arithmetic.multiply(field, inverses, 0, products, above, inverses, size, size);
            Arithmetic.multiply(field, inverses, 0, products, above + size, inverses, 0, size);
            at = above;
        }
        for (var k = 0; k < d; k++) System.arraycopy(inverses[k], 0, out[k], to, count);
    }

    private void invertFew(int at, int size) {
        var d = field.degree();
        var element = new int[d];
        field.one().copyTo(running, 0);
        for (var i = 0; i < size; i++) {
            load(products, at + i, element);
            field.mul(running, i * d, element, 0, running, (i + 1) * d);
        }
        var total = field.element(running, size * d);
        var rest = new int[d];
        if (!total.isZero()) total.inverse().copyTo(rest, 0);
        for (var i = size - 1; i >= 0; i--) {
            field.mul(rest, 0, running, i * d, element, 0);
            for (var k = 0; k < d; k++) inverses[k][i] = element[k];
            load(products, at + i, element);
            field.mul(rest, 0, element, 0, rest, 0);
        }
    }

    private static void load(int[][] values, int index, int[] element) {
        for (var k = 0; k < element.length; k++) element[k] = values[k][index];
    }
}
