package org.ambientvcp.stark.field;

import static org.ambientvcp.stark.field.BabyBear.P;

/// An extension of [BabyBear] by a root of x^d - w: x^5 - 2, or x^6 - 31 for the profile of 128 bits.
///
/// Both are irreducible: x^d - w is, over a field of p elements and for d without a factor of 4, if for no prime
/// divisor
/// r of d is w an r-th power, which is w^((p-1)/r) ≠ 1 (Lang, Algebra, VI theorem 9.1). That asks r to divide p - 1 =
/// 2^27 · 3 · 5, and 31 generates the multiplicative group.
///
/// An element is d coefficients, lowest first, from some offset of an `int[]`; in every method the result may be where
/// an argument is. Nothing here allocates but what is said to return an [Element]. Has no state: safe for all threads.
public final class ExtensionField {
    public static final ExtensionField DEGREE_5 = new ExtensionField(5, 2);
    public static final ExtensionField DEGREE_6 = new ExtensionField(6, 31);

    private static final long P_SHIFTED = (long) P << 32;

    private final int degree;
    private final int nonResidue;
    private final int[] frobenius;

    private ExtensionField(int degree, int nonResidue) {
        this.degree = degree;
        this.nonResidue = BabyBear.fromCanonical(nonResidue);
        var root = BabyBear.pow(this.nonResidue, (P - 1L) / degree);
        frobenius = new int[degree];
        frobenius[0] = BabyBear.ONE;
        for (var i = 1; i < degree; i++) frobenius[i] = BabyBear.mul(frobenius[i - 1], root);
    }

    /// @throws IllegalArgumentException if there is no extension of this degree here
    public static ExtensionField ofDegree(int degree) {
        return switch (degree) {
            case 5 -> DEGREE_5;
            case 6 -> DEGREE_6;
            default -> throw new IllegalArgumentException("degree of the extension is not 5 or 6: " + degree);
        };
    }

    /// d: how many base elements an element is.
    public int degree() {
        return degree;
    }

    /// w, in Montgomery form.
    public int nonResidue() {
        return nonResidue;
    }

    /// What coefficient i is multiplied by when an element is raised to the power of p: w^(i·(p-1)/d).
    public int frobenius(int i) {
        return frobenius[i];
    }

    public Element zero() {
        return new Element(this, new int[degree]);
    }

    public Element one() {
        return base(BabyBear.ONE);
    }

    /// The element of the base field.
    public Element base(int value) {
        var coefficients = new int[degree];
        coefficients[0] = value;
        return new Element(this, coefficients);
    }

    /// x^`i`, `i` < d: of these an element is the sum, with its coefficients as factors.
    public Element basis(int i) {
        var coefficients = new int[degree];
        coefficients[i] = BabyBear.ONE;
        return new Element(this, coefficients);
    }

    /// The element at `offset` of an array.
    public Element element(int[] values, int offset) {
        var coefficients = new int[degree];
        System.arraycopy(values, offset, coefficients, 0, degree);
        return new Element(this, coefficients);
    }

    public void add(int[] a, int atA, int[] b, int atB, int[] sum, int atSum) {
        for (var i = 0; i < degree; i++) sum[atSum + i] = BabyBear.add(a[atA + i], b[atB + i]);
    }

    public void sub(int[] a, int atA, int[] b, int atB, int[] difference, int atDifference) {
        for (var i = 0; i < degree; i++) difference[atDifference + i] = BabyBear.sub(a[atA + i], b[atB + i]);
    }

    /// The product of an element and a base element.
    public void scale(int[] a, int atA, int factor, int[] product, int atProduct) {
        for (var i = 0; i < degree; i++) product[atProduct + i] = BabyBear.mul(a[atA + i], factor);
    }

    public void mul(int[] a, int atA, int[] b, int atB, int[] product, int atProduct) {
        if (degree == 5) mul5(a, atA, b, atB, product, atProduct);
        else mul6(a, atA, b, atB, product, atProduct);
    }

    private static void mul5(int[] a, int atA, int[] b, int atB, int[] c, int at) {
        long a0 = a[atA], a1 = a[atA + 1], a2 = a[atA + 2], a3 = a[atA + 3], a4 = a[atA + 4];
        int b0 = b[atB], b1 = b[atB + 1], b2 = b[atB + 2], b3 = b[atB + 3], b4 = b[atB + 4];
        int w1 = BabyBear.add(b1, b1);
        int w2 = BabyBear.add(b2, b2);
        int w3 = BabyBear.add(b3, b3);
        int w4 = BabyBear.add(b4, b4);
        c[at] = reduce(a0 * b0 + a1 * w4 + a2 * w3 + a3 * w2, a4 * w1);
        c[at + 1] = reduce(a0 * b1 + a1 * b0 + a2 * w4 + a3 * w3, a4 * w2);
        c[at + 2] = reduce(a0 * b2 + a1 * b1 + a2 * b0 + a3 * w4, a4 * w3);
        c[at + 3] = reduce(a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0, a4 * w4);
        c[at + 4] = reduce(a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1, a4 * b0);
    }

    private void mul6(int[] a, int atA, int[] b, int atB, int[] c, int at) {
        long a0 = a[atA], a1 = a[atA + 1], a2 = a[atA + 2], a3 = a[atA + 3], a4 = a[atA + 4], a5 = a[atA + 5];
        int b0 = b[atB], b1 = b[atB + 1], b2 = b[atB + 2], b3 = b[atB + 3], b4 = b[atB + 4], b5 = b[atB + 5];
        int w1 = BabyBear.mul(b1, nonResidue);
        int w2 = BabyBear.mul(b2, nonResidue);
        int w3 = BabyBear.mul(b3, nonResidue);
        int w4 = BabyBear.mul(b4, nonResidue);
        int w5 = BabyBear.mul(b5, nonResidue);
        c[at] = reduce(a0 * b0 + a1 * w5 + a2 * w4 + a3 * w3, a4 * w2 + a5 * w1);
        c[at + 1] = reduce(a0 * b1 + a1 * b0 + a2 * w5 + a3 * w4, a4 * w3 + a5 * w2);
        c[at + 2] = reduce(a0 * b2 + a1 * b1 + a2 * b0 + a3 * w5, a4 * w4 + a5 * w3);
        c[at + 3] = reduce(a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0, a4 * w5 + a5 * w4);
        c[at + 4] = reduce(a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1, a4 * b0 + a5 * w5);
        c[at + 5] = reduce(a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2, a4 * b1 + a5 * b0);
    }

    /// (`four` + `two`) · 2^-32 mod p, of a sum of four products of elements and one of two: 4p² < 2^64, and
    /// p·2^32 + 2p² < 2^64.
    private static int reduce(long four, long two) {
        return BabyBear.reduce(atMostOnce(atMostOnce(four) + two));
    }

    /// `t` - p·2^32 if that is not negative, both unsigned; below p·2^32 for t < 2p·2^32.
    private static long atMostOnce(long t) {
        return Long.compareUnsigned(t, P_SHIFTED) >= 0 ? t - P_SHIFTED : t;
    }

    @Override
    public String toString() {
        return "BabyBear[x]/(x^" + degree + " - " + BabyBear.toCanonical(nonResidue) + ")";
    }
}
