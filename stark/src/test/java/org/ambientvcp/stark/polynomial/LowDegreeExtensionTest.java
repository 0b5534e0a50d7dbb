package org.ambientvcp.stark.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;
import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.kernel.PlainKernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against the definition: the value of a polynomial is the sum of its coefficients times powers.
class LowDegreeExtensionTest {
    private static int[] elements(Random random, int count) {
        return random.ints(count, 0, BabyBear.P).toArray();
    }

    private static int value(int[] coefficients, int x) {
        var value = 0;
        for (var i = coefficients.length - 1; i >= 0; i--)
            value = BabyBear.add(BabyBear.mul(value, x), coefficients[i]);
        return value;
    }

    /// In the order of the powers of X, with the tail.
    private static int[] natural(LowDegreeExtension extension, int[] coefficients, int[] tail) {
        var n = extension.domain().rows();
        return IntStream.range(0, n + tail.length)
                .map(k -> k < n ? coefficients[extension.position(k)] : tail[k - n])
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "0,0", "0,2", "1,1", "2,2", "3,0", "4,2", "5,3", "6,1", "7,2", "8,2", "9,2", "10,1", "13,1", "18,1", "19,1",
        "20,0"
    })
    void valuesAreThoseOfThePolynomial(int logRows, int logBlowup) {
        var random = new Random(logRows);
        var domain = new Domain(logRows, logBlowup);
        var extension = new LowDegreeExtension(domain, Kernels.fastest());
        var n = domain.rows();
        var trace = elements(random, n);
        var tail = elements(random, n / 4);
        var coefficients = new int[n + 7];
        var values = new int[domain.size() + 7];

        extension.interpolate(trace, 0, coefficients, 7);
        var low = java.util.Arrays.copyOfRange(coefficients, 7, n + 7);
        extension.evaluate(coefficients, 7, tail, values, 7);

        var noTail = natural(extension, low, new int[0]);
        var withTail = natural(extension, low, tail);
        for (var r = 0; r < n; r += Math.max(1, n / 4))
            assertThat(value(noTail, BabyBear.pow(domain.rowGenerator(), r))).isEqualTo(trace[r]);
        for (var b = 0; b < domain.cosets(); b++)
            for (var r = 0; r < n; r += Math.max(1, n / 4 - 1))
                assertThat(values[7 + b * n + r]).isEqualTo(value(withTail, domain.point(b, r)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 8, 9})
    void interpolationOnACosetIsTheInverseOfEvaluation(int logRows) {
        var random = new Random(logRows);
        var domain = new Domain(logRows, 2);
        var extension = new LowDegreeExtension(domain, Kernels.fastest());
        var coefficients = elements(random, domain.rows());
        var values = new int[domain.rows()];
        var back = new int[domain.rows()];

        extension.evaluate(coefficients, 0, new int[0], domain.shift(3), values, 0);
        extension.interpolate(values, 0, back, 0, domain.shift(3));

        assertThat(back).isEqualTo(coefficients);
        extension.interpolate(values, 0, values, 0, domain.shift(3));
        assertThat(values).isEqualTo(coefficients);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 8})
    void randomisedColumnKeepsItsValuesOnTheTraceDomain(int logRows) {
        var random = new Random(logRows);
        var extension = new LowDegreeExtension(new Domain(logRows, 2), Kernels.fastest());
        var n = extension.domain().rows();
        var trace = elements(random, n);
        var tail = elements(random, 8);
        var low = new int[n];
        extension.interpolate(trace, 0, low, 0);
        for (var i = 0; i < tail.length; i++) {
            var at = extension.position(i);
            low[at] = BabyBear.sub(low[at], tail[i]);
        }
        var values = new int[n];

        extension.evaluate(low, 0, tail, BabyBear.ONE, values, 0);

        assertThat(values).isEqualTo(trace);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 8, 11})
    void bothKernelsGiveTheSameValues(int logRows) {
        var random = new Random(logRows);
        var domain = new Domain(logRows, 2);
        var coefficients = elements(random, domain.rows());
        var tail = elements(random, 5);
        var plain = new int[domain.size()];
        var fast = new int[domain.size()];

        new LowDegreeExtension(domain, new PlainKernels()).evaluate(coefficients, 0, tail, plain, 0);
        new LowDegreeExtension(domain, Kernels.fastest()).evaluate(coefficients, 0, tail, fast, 0);

        assertThat(fast).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6})
    void barycentricValueIsThatOfThePolynomial(int degree) {
        var random = new Random(degree);
        var field = ExtensionField.ofDegree(degree);
        var domain = new Domain(6, 2);
        var extension = new LowDegreeExtension(domain, Kernels.fastest());
        var low = elements(random, domain.rows());
        var tail = elements(random, 9);
        var values = new int[domain.size()];
        extension.evaluate(low, 0, tail, values, 0);
        var z = field.element(elements(random, degree), 0);
        var expected = Horner.evaluate(natural(extension, low, tail), z);

        for (var coset = 0; coset < domain.cosets(); coset++)
            assertThat(Barycentric.of(domain, coset, z, Kernels.fastest())
                            .evaluate(values, coset * domain.rows(), tail))
                    .isEqualTo(expected);
        var onTrace = new int[domain.rows()];
        extension.evaluate(low, 0, new int[0], BabyBear.ONE, onTrace, 0);
        assertThat(new Barycentric(6, BabyBear.ONE, z, Kernels.fastest()).evaluate(onTrace, 0))
                .isEqualTo(Horner.evaluate(natural(extension, low, new int[0]), z));
        assertThatThrownBy(() -> Barycentric.of(domain, 1, field.base(domain.point(1, 3)), Kernels.fastest()))
                .isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6})
    void hornerIsTheSumOfPowers(int degree) {
        var field = ExtensionField.ofDegree(degree);
        var random = new Random(degree);
        Element a = field.element(elements(random, degree), 0);
        Element b = field.element(elements(random, degree), 0);
        Element c = field.element(elements(random, degree), 0);

        assertThat(Horner.evaluate(new int[] {3, 4, 5}, a))
                .isEqualTo(field.base(3).plus(a.times(4)).plus(a.squared().times(5)));
        assertThat(Horner.evaluate(java.util.List.of(a, b, c), 9))
                .isEqualTo(a.plus(b.times(9)).plus(c.times(BabyBear.mul(9, 9))));
        assertThat(Horner.evaluate(new int[0], a).isZero()).isTrue();
    }
}
