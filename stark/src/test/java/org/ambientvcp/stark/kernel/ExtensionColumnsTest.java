package org.ambientvcp.stark.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExtensionColumnsTest {
    private static final int AT = 5;

    static Stream<Arguments> all() {
        return Stream.of(ExtensionField.DEGREE_5, ExtensionField.DEGREE_6)
                .flatMap(field -> Stream.of(new PlainKernels(), new VectorKernels())
                        .map(kernels -> Arguments.of(field, kernels)));
    }

    private static int[][] columns(Random random, int columns, int size) {
        return IntStream.range(0, columns)
                .mapToObj(_ -> random.ints(size, 0, BabyBear.P).toArray())
                .toArray(int[][]::new);
    }

    private static Element element(ExtensionField field, int[][] columns, int i) {
        return field.element(
                Arrays.stream(columns).mapToInt(column -> column[i]).toArray(), 0);
    }

    private static int[][] copy(int[][] columns) {
        return Arrays.stream(columns).map(int[]::clone).toArray(int[][]::new);
    }

    @ParameterizedTest
    @MethodSource("all")
    void inversesAreThoseOfTheField(ExtensionField field, Kernels kernels) {
        var columns = new ExtensionColumns(field, kernels);
        var random = new Random(1);
        for (var count : new int[] {16, 512, 528, 1024, 1040, 2048, 2032}) {
            var a = columns(random, field.degree(), count + 2 * AT);
            var out = columns(random, field.degree(), count + 2 * AT);
            var before = copy(out);

            columns.inverses(a, AT, out, AT + 1, count);

            for (var i = 0; i < count; i++)
                assertThat(element(field, out, AT + 1 + i).times(element(field, a, AT + i)))
                        .isEqualTo(field.one());
            for (var k = 0; k < field.degree(); k++) {
                assertThat(Arrays.copyOf(out[k], AT + 1)).isEqualTo(Arrays.copyOf(before[k], AT + 1));
                assertThat(out[k][AT + 1 + count]).isEqualTo(before[k][AT + 1 + count]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void zeroHasNoInverse(ExtensionField field, Kernels kernels) {
        var columns = new ExtensionColumns(field, kernels);
        for (var at : new int[] {0, 600, 1023}) {
            var a = columns(new Random(2), field.degree(), 1024);
            for (var column : a) column[at] = 0;

            assertThatThrownBy(() -> columns.inverses(a, 0, new int[field.degree()][1024], 0, 1024))
                    .isInstanceOf(ArithmeticException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void sumsAreThoseOfTheField(ExtensionField field, Kernels kernels) {
        var columns = new ExtensionColumns(field, kernels);
        var random = new Random(3);
        for (var width = 0; width < 10; width++) {
            var a = columns(random, width, 32 + AT);
            var weights =
                    random.ints((long) width * field.degree(), 0, BabyBear.P).toArray();
            var sum = columns(random, field.degree(), 32);
            var before = copy(sum);

            columns.addWeighted(a, AT, weights, sum, 0, 32);

            for (var i = 0; i < 32; i++) {
                var expected = element(field, before, i);
                for (var j = 0; j < width; j++)
                    expected = expected.plus(
                            field.element(weights, j * field.degree()).times(a[j][AT + i]));
                assertThat(element(field, sum, i)).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void productsAreThoseOfTheField(ExtensionField field, Kernels kernels) {
        var columns = new ExtensionColumns(field, kernels);
        var random = new Random(4);
        var d = field.degree();
        var a = columns(random, d, 32);
        var b = columns(random, d, 32);
        var base = columns(random, 1, 32)[0];
        var constant = field.element(columns(random, 1, d)[0], 0);
        var sum = new int[d][32];
        var difference = new int[d][32];
        var scaled = new int[d][32];
        var multiplied = copy(b);

        columns.add(a, 0, b, 0, sum, 0, 32);
        columns.sub(a, 0, b, 0, difference, 0, 32);
        columns.scale(a, 0, base, 0, scaled, 0, 32);
        columns.addMultiplied(a, 0, constant, multiplied, 0, 32);

        for (var i = 0; i < 32; i++) {
            var x = element(field, a, i);
            var y = element(field, b, i);
            assertThat(element(field, sum, i)).isEqualTo(x.plus(y));
            assertThat(element(field, difference, i)).isEqualTo(x.minus(y));
            assertThat(element(field, scaled, i)).isEqualTo(x.times(base[i]));
            assertThat(element(field, multiplied, i)).isEqualTo(y.plus(x.times(constant)));
        }
    }
}
