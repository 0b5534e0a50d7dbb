package org.ambientvcp.stark.field;

import static org.ambientvcp.stark.ForAll.forAll;
import static org.ambientvcp.stark.field.BabyBear.P;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The laws of a field and the arithmetic against polynomials of big integers, for both degrees.
class ExtensionFieldTest {
    private static final BigInteger ORDER = BigInteger.valueOf(P);

    static Stream<ExtensionField> fields() {
        return Stream.of(ExtensionField.DEGREE_5, ExtensionField.DEGREE_6);
    }

    private static Element random(ExtensionField field, RandomGenerator random) {
        return field.element(
                IntStream.range(0, field.degree())
                        .map(_ -> random.nextInt(4) == 0 ? P - 1 : random.nextInt(P))
                        .toArray(),
                0);
    }

    private static BigInteger[] big(Element a) {
        return IntStream.range(0, a.field().degree())
                .mapToObj(i -> BigInteger.valueOf(BabyBear.toCanonical(a.coefficient(i))))
                .toArray(BigInteger[]::new);
    }

    private static BigInteger[] product(BigInteger[] a, BigInteger[] b, int w) {
        var d = a.length;
        var product = new BigInteger[d];
        Arrays.fill(product, BigInteger.ZERO);
        for (var i = 0; i < d; i++)
            for (var j = 0; j < d; j++) {
                var term = a[i].multiply(b[j]);
                var wrapped = i + j < d ? term : term.multiply(BigInteger.valueOf(w));
                product[(i + j) % d] = product[(i + j) % d].add(wrapped).mod(ORDER);
            }
        return product;
    }

    @ParameterizedTest
    @MethodSource("fields")
    void productsAreThoseOfPolynomialsModuloTheBinomial(ExtensionField field) {
        var w = field.degree() == 5 ? 2 : 31;
        assertThat(field.nonResidue()).isEqualTo(BabyBear.fromCanonical(w));

        forAll(
                5_000,
                random -> new Element[] {random(field, random), random(field, random)},
                pair -> assertThat(big(pair[0].times(pair[1]))).isEqualTo(product(big(pair[0]), big(pair[1]), w)));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void largestCoefficientsDoNotOverflow(ExtensionField field) {
        var all = new int[field.degree()];
        Arrays.fill(all, P - 1);
        var largest = field.element(all, 0);

        assertThat(big(largest.times(largest)))
                .isEqualTo(product(big(largest), big(largest), field.degree() == 5 ? 2 : 31));
    }

    /// Irreducible by Rabin's test, not by the theorem the class cites: x^(p^d) = x, and for each prime divisor r of
    /// d, x^(p^(d/r)) - x has no factor in common with the binomial. As x^(p^k) = ζ·x with a ζ of the base field,
    /// that is ζ ≠ 1.
    @ParameterizedTest
    @MethodSource("fields")
    void binomialIsIrreducible(ExtensionField field) {
        var d = field.degree();
        var w = BigInteger.valueOf(d == 5 ? 2 : 31);
        assertThat(powerOfX(w, d, d)).isEqualTo(BigInteger.ONE);
        for (var r : d == 5 ? new int[] {5} : new int[] {2, 3})
            assertThat(powerOfX(w, d, d / r)).isNotEqualTo(BigInteger.ONE);
    }

    /// ζ in x^(p^k) = ζ·x.
    private static BigInteger powerOfX(BigInteger w, int d, int k) {
        var exponent = ORDER.pow(k).subtract(BigInteger.ONE);
        assertThat(exponent.mod(BigInteger.valueOf(d))).isZero();
        return w.modPow(exponent.divide(BigInteger.valueOf(d)), ORDER);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void lawsOfAFieldHold(ExtensionField field) {
        forAll(
                500,
                random -> new Element[] {random(field, random), random(field, random), random(field, random)},
                x -> {
                    var a = x[0];
                    var b = x[1];
                    var c = x[2];
                    assertThat(a.plus(b)).isEqualTo(b.plus(a));
                    assertThat(a.times(b)).isEqualTo(b.times(a));
                    assertThat(a.times(b).times(c)).isEqualTo(a.times(b.times(c)));
                    assertThat(a.times(b.plus(c))).isEqualTo(a.times(b).plus(a.times(c)));
                    assertThat(a.minus(b).plus(b)).isEqualTo(a);
                    assertThat(a.plus(a.negated()).isZero()).isTrue();
                    assertThat(a.times(field.one())).isEqualTo(a);
                    assertThat(a.times(a.inverse())).isEqualTo(field.one());
                });
    }

    @ParameterizedTest
    @MethodSource("fields")
    void baseElementsActAsConstants(ExtensionField field) {
        forAll(500, random -> random(field, random), a -> {
            var scalar = a.coefficient(1);
            assertThat(a.times(scalar)).isEqualTo(a.times(field.base(scalar)));
            assertThat(a.plus(scalar)).isEqualTo(a.plus(field.base(scalar)));
            assertThat(a.minus(scalar)).isEqualTo(a.minus(field.base(scalar)));
        });
    }

    @ParameterizedTest
    @MethodSource("fields")
    void powersAreRepeatedProducts(ExtensionField field) {
        var a = random(field, new java.util.Random(1));

        assertThat(a.toThe(0)).isEqualTo(field.one());
        assertThat(a.toThe(5)).isEqualTo(a.times(a).times(a).times(a).times(a));
        assertThat(a.toThePowerOfTwo(4)).isEqualTo(a.toThe(16));
        assertThatThrownBy(() -> a.toThe(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void elementIsTheSumOfItsCoefficientsTimesTheBasis(ExtensionField field) {
        var a = random(field, new java.util.Random(2));
        var sum = field.zero();

        for (var i = 0; i < field.degree(); i++) sum = sum.plus(field.basis(i).times(a.coefficient(i)));

        assertThat(sum).isEqualTo(a).hasSameHashCodeAs(a);
        assertThat(field.basis(1).toThe(field.degree())).isEqualTo(field.base(field.nonResidue()));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void resultMayBeWhereAnArgumentIs(ExtensionField field) {
        var random = new java.util.Random(3);
        var a = random(field, random);
        var b = random(field, random);
        var values = new int[2 * field.degree()];
        a.copyTo(values, 0);
        b.copyTo(values, field.degree());

        field.mul(values, 0, values, field.degree(), values, 0);

        assertThat(field.element(values, 0)).isEqualTo(a.times(b));
        field.mul(values, field.degree(), values, field.degree(), values, field.degree());
        assertThat(field.element(values, field.degree())).isEqualTo(b.squared());
    }

    @Test
    void zeroHasNoInverseAndFieldsDoNotMix() {
        var five = ExtensionField.ofDegree(5);
        var six = ExtensionField.ofDegree(6);

        assertThatThrownBy(() -> five.zero().inverse()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> five.one().plus(six.one())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> five.one().times(six.one())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExtensionField.ofDegree(4)).isInstanceOf(IllegalArgumentException.class);
        assertThat(five.one()).isNotEqualTo(six.one());
    }

    /// Known answers, calculated once with Python's integers.
    @Test
    void knownProductsAndInverses() {
        var five = ExtensionField.DEGREE_5;
        var six = ExtensionField.DEGREE_6;
        assertThat(canonical(five, 1, 2, 3, 4, 5).times(canonical(five, 6, 7, 8, 9, 10)))
                .hasToString("[234, 231, 210, 170, 110]");
        assertThat(canonical(five, 1, 2, 3, 4, 5).inverse())
                .hasToString("[1293071973, 992495801, 353196386, 138063449, 308536401]");
        assertThat(canonical(six, 1, 2, 3, 4, 5, 6).times(canonical(six, 7, 8, 9, 10, 11, 12)))
                .hasToString("[5897, 5726, 5099, 3986, 2357, 182]");
        assertThat(canonical(six, 1, 2, 3, 4, 5, 6).inverse())
                .hasToString("[107167715, 688806546, 490611539, 813939421, 980512546, 1627266995]");
    }

    private static Element canonical(ExtensionField field, int... coefficients) {
        return field.element(
                Arrays.stream(coefficients).map(BabyBear::fromCanonical).toArray(), 0);
    }
}
