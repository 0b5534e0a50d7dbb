package org.ambientvcp.stark.generator;

import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ambientvcp.stark.generator.Code.Halves;

/// Over columns of an extension, each as many columns of base elements as its degree d is.
final class ExtensionKernels {
    private ExtensionKernels() {}

    static String source() {
        var code = new Code("ExtensionVectors");
        weightedSum(code);
        total(code);
        multiply(code, 5);
        multiply(code, 6);
        return code.source();
    }

    private static String arrays(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> "int[] " + name + i).collect(Collectors.joining(", "));
    }

    /// One coefficient of products of elements: Σ a_i · b_i, for coefficients a_i of the one and, of the other, those
    /// in
    /// reverse order or w times that.
    private static void multiply(Code code, int degree) {
        var parameters = arrays("a", degree) + ", int atA, " + arrays("b", degree) + ", int[] out, int count";
        code.method(
                "product" + degree,
                parameters,
                () -> code.loop(() -> {
                    var a = new ArrayList<Halves>();
                    var b = new ArrayList<Halves>();
                    for (var i = 0; i < degree; i++) {
                        a.add(code.halves(code.load("a" + i, "atA + i")));
                        b.add(code.halves(code.load("b" + i, "i")));
                    }
                    code.store(code.sumOfProducts(a, b), "out", "i");
                }));
    }

    /// Adds to a column four others, each times a constant.
    private static void weightedSum(Code code) {
        var parameters = arrays("a", 4) + ", int from, int w0, int w1, int w2, int w3, int[] sum, int at, int count";
        code.method("addWeighted", parameters, () -> {
            var weights = new ArrayList<Halves>();
            for (var j = 0; j < 4; j++) {
                var weight = code.constant("w" + j) + ".and(LOW)";
                weights.add(new Halves(weight, weight));
            }
            code.loop(() -> {
                var a = new ArrayList<Halves>();
                for (var j = 0; j < 4; j++) a.add(code.halves(code.load("a" + j, "from + i")));
                var more = code.sumOfProducts(a, weights);
                code.store(code.add(code.load("sum", "at + i"), more), "sum", "at + i");
            });
        });
    }

    /// The sum of the products of two columns, all rows together.
    private static void total(Code code) {
        code.line("\n    static int total(int[] a, int from, int[] b, int at, int count) {");
        var even = code.longs("LongVector.zero(LONGS)");
        var odd = code.longs("LongVector.zero(LONGS)");
        code.loop(() -> {
            var a = code.halves(code.load("a", "from + i"));
            var b = code.halves(code.load("b", "at + i"));
            code.addProduct(even, a.even(), b.even());
            code.addProduct(odd, a.odd(), b.odd());
        });
        code.line("return (int) ((" + code.total(even) + " + " + code.total(odd) + ") % BabyBear.P);");
        code.line("}");
    }
}
