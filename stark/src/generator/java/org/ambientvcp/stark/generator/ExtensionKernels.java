package org.ambientvcp.stark.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ambientvcp.stark.generator.Code.Halves;

/// Over columns of an extension, each as many columns of base elements as its degree d is.
final class ExtensionKernels {
    private ExtensionKernels() {}

    static String source() {
        var code = new Code("ExtensionVectors");
        code.line("    private static final int NON_RESIDUE ="
                + " org.ambientvcp.stark.field.ExtensionField.DEGREE_6.nonResidue();");
        for (var degree : new int[] {5, 6}) {
            multiply(code, degree);
            weightedSum(code, degree);
            dot(code, degree);
        }
        return code.source();
    }

    private static String arrays(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> "int[] " + name + i).collect(Collectors.joining(", "));
    }

    /// Products of elements: coefficient k is Σ a_i · b_(k-i), and w · Σ a_i · b_(d+k-i) for what is of degree d and
    /// above.
    private static void multiply(Code code, int degree) {
        code.method(
                "multiply" + degree, "int[][] a, int atA, int[][] b, int atB, int[][] out, int to, int count", () -> {
                    for (var i = 0; i < degree; i++)
                        code.line("int[] a%d = a[%d], b%d = b[%d], out%d = out[%d];".formatted(i, i, i, i, i, i));
                    var w = code.constant("NON_RESIDUE");
                    var wInverse = code.constant("NON_RESIDUE * INVERSE");
                    code.loop(() -> {
                        var left = new ArrayList<Halves>();
                        var right = new ArrayList<Halves>();
                        var wrapped = new ArrayList<Halves>();
                        for (var i = 0; i < degree; i++) {
                            left.add(code.halves(code.load("a" + i, "atA + i")));
                            var b = code.load("b" + i, "atB + i");
                            right.add(code.halves(b));
                            wrapped.add(code.halves(degree == 5 ? code.add(b, b) : code.mulConstant(b, w, wInverse)));
                        }
                        var products = new ArrayList<String>();
                        for (var k = 0; k < degree; k++) {
                            var factors = new ArrayList<Halves>();
                            for (var i = 0; i < degree; i++)
                                factors.add(i <= k ? right.get(k - i) : wrapped.get(degree + k - i));
                            products.add(code.sumOfProducts(left, factors));
                        }
                        for (var k = 0; k < degree; k++) code.store(products.get(k), "out" + k, "to + i");
                    });
                });
    }

    /// Adds to the extension column `sum` four base columns, each times an element of the extension: the d coefficients
    /// of each are one after another from `first` on.
    private static void weightedSum(Code code, int degree) {
        var parameters = arrays("a", 4) + ", int from, int[] weights, int first, int[][] sum, int at, int count";
        code.method("addWeighted" + degree, parameters, () -> {
            var weights = new ArrayList<List<Halves>>();
            for (var k = 0; k < degree; k++) {
                var column = new ArrayList<Halves>();
                for (var j = 0; j < 4; j++) {
                    var weight = code.constant("weights[first + " + (j * degree + k) + "]") + ".and(LOW)";
                    column.add(new Halves(weight, weight));
                }
                weights.add(column);
                code.line("int[] sum" + k + " = sum[" + k + "];");
            }
            code.loop(() -> {
                var a = new ArrayList<Halves>();
                for (var j = 0; j < 4; j++) a.add(code.halves(code.load("a" + j, "from + i")));
                for (var k = 0; k < degree; k++) {
                    var more = code.sumOfProducts(a, weights.get(k));
                    code.store(code.add(code.load("sum" + k, "at + i"), more), "sum" + k, "at + i");
                }
            });
        });
    }

    /// Adds to `sums` the products of a base column and an extension column, all rows together.
    private static void dot(Code code, int degree) {
        code.method("addProducts" + degree, "int[] a, int from, int[][] weights, int at, int count, int[] sums", () -> {
            var even = new ArrayList<String>();
            var odd = new ArrayList<String>();
            for (var k = 0; k < degree; k++) {
                code.line("int[] weights" + k + " = weights[" + k + "];");
                even.add(code.longs("LongVector.zero(LONGS)"));
                odd.add(code.longs("LongVector.zero(LONGS)"));
            }
            code.loop(() -> {
                var a = code.halves(code.load("a", "from + i"));
                for (var k = 0; k < degree; k++) {
                    var w = code.halves(code.load("weights" + k, "at + i"));
                    code.addProduct(even.get(k), a.even(), w.even());
                    code.addProduct(odd.get(k), a.odd(), w.odd());
                }
            });
            for (var k = 0; k < degree; k++)
                code.line("sums[%d] = BabyBear.add(sums[%d], (int) ((%s + %s) %% BabyBear.P));"
                        .formatted(k, k, code.total(even.get(k)), code.total(odd.get(k))));
        });
    }
}
