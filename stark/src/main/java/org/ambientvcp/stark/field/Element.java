package org.ambientvcp.stark.field;

import java.util.Arrays;

/// An element of an [ExtensionField], immutable. What the verifier calculates with: every operation allocates.
///
/// Both operands of an operation are of the same field.
public final class Element {
    private final ExtensionField field;
    private final int[] coefficients;

    Element(ExtensionField field, int[] coefficients) {
        this.field = field;
        this.coefficients = coefficients;
    }

    public ExtensionField field() {
        return field;
    }

    /// The base element that x^`i` has as its factor.
    public int coefficient(int i) {
        return coefficients[i];
    }

    public void copyTo(int[] values, int offset) {
        System.arraycopy(coefficients, 0, values, offset, coefficients.length);
    }

    public Element plus(Element other) {
        var sum = ofSameField(other);
        field.add(coefficients, 0, other.coefficients, 0, sum, 0);
        return new Element(field, sum);
    }

    public Element minus(Element other) {
        var difference = ofSameField(other);
        field.sub(coefficients, 0, other.coefficients, 0, difference, 0);
        return new Element(field, difference);
    }

    public Element negated() {
        return field.zero().minus(this);
    }

    public Element times(Element other) {
        var product = ofSameField(other);
        field.mul(coefficients, 0, other.coefficients, 0, product, 0);
        return new Element(field, product);
    }

    /// This, `factor` times; `factor` is a base element.
    public Element times(int factor) {
        var product = new int[coefficients.length];
        field.scale(coefficients, 0, factor, product, 0);
        return new Element(field, product);
    }

    /// This plus a base element.
    public Element plus(int base) {
        var sum = coefficients.clone();
        sum[0] = BabyBear.add(sum[0], base);
        return new Element(field, sum);
    }

    /// This minus a base element.
    public Element minus(int base) {
        return plus(BabyBear.neg(base));
    }

    public Element squared() {
        return times(this);
    }

    /// @param exponent 0 or more; 0 to the power of 0 is 1
    public Element toThe(long exponent) {
        if (exponent < 0) throw new IllegalArgumentException("exponent is negative: " + exponent);
        var result = field.one();
        var square = this;
        for (var rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) result = result.times(square);
            square = square.squared();
        }
        return result;
    }

    /// This to the power of 2^`log`.
    public Element toThePowerOfTwo(int log) {
        var result = this;
        for (var i = 0; i < log; i++) result = result.squared();
        return result;
    }

    /// With the conjugates a^p, a^(p²) … of a, whose product with a is the norm, an element of the base field.
    ///
    /// @throws ArithmeticException if this is 0
    public Element inverse() {
        if (isZero()) throw new ArithmeticException("0 has no inverse");
        var conjugate = this;
        var product = field.one();
        for (var i = 1; i < field.degree(); i++) {
            conjugate = conjugate.toTheP();
            product = product.times(conjugate);
        }
        var norm = product.times(this).coefficients[0];
        return product.times(BabyBear.inverse(norm));
    }

    private Element toTheP() {
        var power = new int[coefficients.length];
        for (var i = 0; i < power.length; i++) power[i] = BabyBear.mul(coefficients[i], field.frobenius(i));
        return new Element(field, power);
    }

    public boolean isZero() {
        for (var coefficient : coefficients) if (coefficient != 0) return false;
        return true;
    }

    private int[] ofSameField(Element other) {
        if (field != other.field) throw new IllegalArgumentException("elements of " + field + " and " + other.field);
        return new int[coefficients.length];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Element that && field == that.field && Arrays.equals(coefficients, that.coefficients);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(coefficients);
    }

    /// The coefficients in canonical form.
    @Override
    public String toString() {
        return Arrays.toString(
                Arrays.stream(coefficients).map(BabyBear::toCanonical).toArray());
    }
}
