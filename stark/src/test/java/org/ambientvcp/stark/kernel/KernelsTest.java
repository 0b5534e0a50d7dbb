package org.ambientvcp.stark.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Both implementations against the arithmetic of the field, and against each other, bit for bit.
class KernelsTest {
    private static final int COUNT = 16 * 5;
    private static final int AT = 3;
    private static final int SIZE = COUNT + 2 * AT + 8;

    static Stream<Kernels> implementations() {
        return Stream.of(new PlainKernels(), new VectorKernels());
    }

    @Test
    void testsRunWithTheVectorApi() {
        assertThat(Kernels.fastest()).isInstanceOf(VectorKernels.class);
    }

    /// Elements, 0 and p - 1 often among them.
    private static int[] column(Random random, int size) {
        return IntStream.range(0, size)
                .map(_ -> switch (random.nextInt(8)) {
                    case 0 -> BabyBear.P - 1;
                    case 1 -> 0;
                    default -> random.nextInt(BabyBear.P);
                })
                .toArray();
    }

    private static int[][] columns(Random random, int count) {
        return IntStream.range(0, count).mapToObj(_ -> column(random, SIZE)).toArray(int[][]::new);
    }

    private interface Binary {
        int of(int x, int y);
    }

    private interface Loop {
        void run(int[] a, int atA, int[] b, int atB, int[] out, int to, int count);
    }

    private static void check(Loop loop, Binary expected) {
        var random = new Random(1);
        var a = column(random, SIZE);
        var b = column(random, SIZE);
        var out = column(random, SIZE);
        var before = out.clone();

        loop.run(a, AT, b, AT + 1, out, AT + 2, COUNT);

        for (var i = 0; i < SIZE; i++) {
            var inside = i >= AT + 2 && i < AT + 2 + COUNT;
            assertThat(out[i]).isEqualTo(inside ? expected.of(a[i - 2], b[i - 1]) : before[i]);
        }
        var same = a.clone();
        loop.run(same, AT, same, AT, same, AT, COUNT);
        for (var i = AT; i < AT + COUNT; i++) assertThat(same[i]).isEqualTo(expected.of(a[i], a[i]));
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void baseColumnsAreCalculatedElementByElement(Kernels kernels) {
        check(kernels::add, BabyBear::add);
        check(kernels::sub, BabyBear::sub);
        check(kernels::mul, BabyBear::mul);
        for (var c : new int[] {0, 1, BabyBear.ONE, BabyBear.P - 1, 123_456_789}) {
            check(
                    (a, atA, _, _, out, to, count) -> kernels.addConstant(a, atA, c, out, to, count),
                    (x, _) -> BabyBear.add(x, c));
            check(
                    (a, atA, _, _, out, to, count) -> kernels.mulConstant(a, atA, c, out, to, count),
                    (x, _) -> BabyBear.mul(x, c));
        }
        check(
                (a, atA, b, atB, out, to, count) -> {
                    System.arraycopy(b, atB, out, to, count);
                    kernels.addScaled(a, atA, 987_654_321, out, to, count);
                },
                (x, y) -> BabyBear.add(y, BabyBear.mul(x, 987_654_321)));
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void constantOfOneGivesTheCanonicalForm(Kernels kernels) {
        check(
                (a, atA, _, _, out, to, count) -> kernels.mulConstant(a, atA, 1, out, to, count),
                (x, _) -> BabyBear.toCanonical(x));
    }

    private static Element element(ExtensionField field, int[][] columns, int i) {
        return field.element(
                Arrays.stream(columns).mapToInt(column -> column[i]).toArray(), 0);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void productsOfExtensionColumnsAreThoseOfTheField(Kernels kernels) {
        for (var degree : new int[] {5, 6}) {
            var field = ExtensionField.ofDegree(degree);
            var random = new Random(degree);
            var a = columns(random, degree);
            var b = columns(random, degree);
            for (var column : a) column[AT] = BabyBear.P - 1;
            for (var column : b) column[AT + 1] = BabyBear.P - 1;
            var out = columns(random, degree);

            kernels.multiply(a, AT, b, AT + 1, out, AT + 2, COUNT);
            for (var i = 0; i < COUNT; i++)
                assertThat(element(field, out, AT + 2 + i))
                        .isEqualTo(element(field, a, AT + i).times(element(field, b, AT + 1 + i)));
            var copy = Arrays.stream(a).map(int[]::clone).toArray(int[][]::new);
            kernels.multiply(a, AT, a, AT, a, AT, COUNT);
            for (var i = 0; i < COUNT; i++)
                assertThat(element(field, a, AT + i))
                        .isEqualTo(element(field, copy, AT + i).squared());
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void weightedColumnsAreAdded(Kernels kernels) {
        for (var degree : new int[] {5, 6}) {
            var field = ExtensionField.ofDegree(degree);
            var random = new Random(degree);
            var a = columns(random, 4);
            for (var column : a) column[AT] = BabyBear.P - 1;
            var sum = columns(random, degree);
            var before = Arrays.stream(sum).map(int[]::clone).toArray(int[][]::new);
            var weights = column(random, 2 + 4 * degree);
            Arrays.fill(weights, 2, 2 + 4 * degree, BabyBear.P - 1);
            weights[5] = 77;

            kernels.addWeighted(a[0], a[1], a[2], a[3], AT, weights, 2, sum, AT + 1, COUNT);

            for (var i = 0; i < COUNT; i++) {
                var expected = element(field, before, AT + 1 + i);
                for (var j = 0; j < 4; j++)
                    expected =
                            expected.plus(field.element(weights, 2 + j * degree).times(a[j][AT + i]));
                assertThat(element(field, sum, AT + 1 + i)).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void productsOfAllRowsAreAdded(Kernels kernels) {
        for (var degree : new int[] {5, 6}) {
            var field = ExtensionField.ofDegree(degree);
            var random = new Random(degree);
            var a = column(random, SIZE);
            Arrays.fill(a, AT, AT + 48, BabyBear.P - 1);
            var weights = columns(random, degree);
            for (var column : weights) Arrays.fill(column, AT, AT + 48, BabyBear.P - 1);
            var sums = column(random, degree);
            var expected = field.element(sums, 0);

            kernels.addProducts(a, AT, weights, AT + 1, COUNT, sums);

            for (var i = 0; i < COUNT; i++)
                expected = expected.plus(element(field, weights, AT + 1 + i).times(a[AT + i]));
            assertThat(field.element(sums, 0)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void layersAreTheirButterflies(Kernels kernels) {
        var random = new Random(9);
        var roots = column(random, 256);
        roots[3] = BabyBear.ONE;
        for (var part : new int[] {16, 48, 640})
            for (var blocks : new int[] {1, 3, 40}) {
                var before = column(random, AT + 4 * part * blocks + 1);
                var two = before.clone();
                kernels.split2(two, AT, 2 * part, blocks, 1, roots);
                for (var k = 0; k < blocks; k++)
                    for (var i = 0; i < 2 * part; i++) {
                        var at = AT + k * 4 * part + i;
                        var x = before[at];
                        var y = BabyBear.mul(before[at + 2 * part], roots[1 + k]);
                        assertThat(two[at]).isEqualTo(BabyBear.add(x, y));
                        assertThat(two[at + 2 * part]).isEqualTo(BabyBear.sub(x, y));
                    }
                kernels.split2(two, AT, part, 2 * blocks, 2, roots);
                var four = before.clone();
                kernels.split4(four, AT, part, blocks, 1, roots);
                assertThat(four).isEqualTo(two);

                var merged = before.clone();
                kernels.merge2(merged, AT, 2 * part, blocks, 1, roots);
                for (var k = 0; k < blocks; k++)
                    for (var i = 0; i < 2 * part; i++) {
                        var at = AT + k * 4 * part + i;
                        var x = before[at];
                        var y = before[at + 2 * part];
                        assertThat(merged[at]).isEqualTo(BabyBear.add(x, y));
                        assertThat(merged[at + 2 * part]).isEqualTo(BabyBear.mul(BabyBear.sub(x, y), roots[1 + k]));
                    }
                var twice = before.clone();
                kernels.merge2(twice, AT, part, 2 * blocks, 2, roots);
                kernels.merge2(twice, AT, 2 * part, blocks, 1, roots);
                kernels.merge4(before, AT, part, blocks, 1, roots);
                assertThat(before).isEqualTo(twice);
            }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void lanesAreTransposedAndTransformed(Kernels kernels) {
        var random = new Random(10);
        var roots = column(random, 8);
        for (var blocks : new int[] {1, 3, 70}) {
            var before = column(random, AT + 256 * blocks + 1);
            var expected = before.clone();
            for (var block = AT; block < AT + 256 * blocks; block += 256) {
                transpose(expected, block);
                kernels.split4(expected, block, 64, 1, 0, roots);
                kernels.split4(expected, block, 16, 4, 0, roots);
            }
            var split = before.clone();
            kernels.splitLanes(split, AT, blocks, roots);
            assertThat(split).isEqualTo(expected);

            expected = before.clone();
            for (var block = AT; block < AT + 256 * blocks; block += 256) {
                kernels.merge4(expected, block, 16, 4, 0, roots);
                kernels.merge4(expected, block, 64, 1, 0, roots);
                transpose(expected, block);
            }
            kernels.mergeLanes(before, AT, blocks, roots);
            assertThat(before).isEqualTo(expected);
        }
    }

    private static void transpose(int[] a, int at) {
        var before = a.clone();
        for (var row = 0; row < 16; row++)
            for (var column = 0; column < 16; column++) a[at + 16 * column + row] = before[at + 16 * row + column];
    }

    @Test
    void compressionsAreTheSame() {
        var random = new Random(3);
        for (var i = 0; i < 50; i++) {
            var state = random.ints(8 * Kernels.MESSAGES).toArray();
            var message = random.ints(16 * Kernels.MESSAGES).toArray();
            var other = state.clone();

            new PlainKernels().compress(state, message, 64 * i, i % 2 == 0);
            new VectorKernels().compress(other, message, 64 * i, i % 2 == 0);

            assertThat(other).isEqualTo(state);
        }
    }

    /// A vector that C2 boxes is an object: kernels that allocate are kernels that are ten times slower.
    @Test
    void hotKernelsAllocateNothing() {
        var allocated = new TreeMap<String, Long>();
        for (var kernels : List.of(new VectorKernels(), new PlainKernels()))
            calls(kernels)
                    .forEach((name, call) ->
                            allocated.put(kernels.getClass().getSimpleName() + "." + name, leastAllocated(call)));

        assertThat(allocated).allSatisfy((_, bytes) -> assertThat(bytes).isZero());
    }

    private static Map<String, Runnable> calls(Kernels kernels) {
        var random = new Random(4);
        var n = 1 << 10;
        var a = column(random, n);
        var b = column(random, n);
        var c = new int[n];
        var five = List.of(new int[5][n], new int[5][n], new int[5][n]);
        var six = List.of(new int[6][n], new int[6][n], new int[6][n]);
        var roots = column(random, n);
        var sums = new int[6];
        var state = new int[8 * Kernels.MESSAGES];
        var message = new int[16 * Kernels.MESSAGES];
        var calls = new TreeMap<String, Runnable>();
        calls.put("add", () -> kernels.add(a, 0, b, 0, c, 0, n));
        calls.put("sub", () -> kernels.sub(a, 0, b, 0, c, 0, n));
        calls.put("mul", () -> kernels.mul(a, 0, b, 0, c, 0, n));
        calls.put("addConstant", () -> kernels.addConstant(a, 0, 5, c, 0, n));
        calls.put("mulConstant", () -> kernels.mulConstant(a, 0, 5, c, 0, n));
        calls.put("addScaled", () -> kernels.addScaled(a, 0, 5, c, 0, n));
        calls.put("split2", () -> kernels.split2(c, 0, 32, 16, 0, roots));
        calls.put("split4", () -> kernels.split4(c, 0, 32, 8, 0, roots));
        calls.put("merge2", () -> kernels.merge2(c, 0, 32, 16, 0, roots));
        calls.put("merge4", () -> kernels.merge4(c, 0, 32, 8, 0, roots));
        calls.put("splitLanes", () -> kernels.splitLanes(c, 0, 4, roots));
        calls.put("mergeLanes", () -> kernels.mergeLanes(c, 0, 4, roots));
        calls.put("compress", () -> kernels.compress(state, message, 64, true));
        for (var columns : List.of(five, six)) {
            var d = columns.getFirst().length;
            calls.put(
                    "multiply" + d, () -> kernels.multiply(columns.get(0), 0, columns.get(1), 0, columns.get(2), 0, n));
            calls.put("addWeighted" + d, () -> kernels.addWeighted(a, b, c, a, 0, roots, 0, columns.get(0), 0, n));
            calls.put("addProducts" + d, () -> kernels.addProducts(a, 0, columns.get(0), 0, n, sums));
        }
        return calls;
    }

    /// Bytes of one call, when C2 has compiled it.
    private static long leastAllocated(Runnable call) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var least = Long.MAX_VALUE;
        for (var round = 0; round < 300 && least > 0; round++) {
            for (var i = 0; i < 100; i++) call.run();
            var before = threads.getCurrentThreadAllocatedBytes();
            for (var i = 0; i < 10; i++) call.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
