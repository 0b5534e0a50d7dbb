package org.ambientvcp.stark.generator;

import java.util.List;

/// The text of a class of kernels, and the arithmetic of BabyBear as statements of the Vector API.
///
/// A vector of ints holds elements in Montgomery form. A product of two vectors is that of their even and of their odd
/// lanes, each a vector of longs: `vpmuludq` multiplies the lower halves of long lanes, which the masks and shifts here
/// let C2 find.
final class Code {
    /// A vector of ints as two of longs: the even lanes are the lower halves of `pairs`, the odd lanes the upper.
    record Halves(String even, String odd) {}

    private static final String HEAD = """
        package org.ambientvcp.stark.kernel;

        import static jdk.incubator.vector.VectorOperators.*;

        import jdk.incubator.vector.IntVector;
        import jdk.incubator.vector.LongVector;
        import jdk.incubator.vector.VectorSpecies;
        import org.ambientvcp.stark.field.BabyBear;

        /// Generated: see GenerateKernels.
        final class %s {
            private static final VectorSpecies<Integer> INTS = VectorKernels.INTS;
            private static final VectorSpecies<Long> LONGS = VectorKernels.LONGS;
            private static final int LANES = VectorKernels.LANES;
            private static final long LOW = 0xFFFFFFFFL;
            private static final int INVERSE = BabyBear.P_INVERSE;
            private static final IntVector P = IntVector.broadcast(INTS, BabyBear.P);
            private static final LongVector P_LOW = LongVector.broadcast(LONGS, BabyBear.P);
            private static final LongVector INVERSE_LOW = LongVector.broadcast(LONGS, INVERSE & LOW);
            private static final LongVector P_HIGH = LongVector.broadcast(LONGS, (long) BabyBear.P << 32);

            private %s() {}
        """;

    private final StringBuilder text = new StringBuilder();
    private int names;

    Code(String name) {
        text.append(HEAD.formatted(name, name));
    }

    String source() {
        return text + "}\n";
    }

    void line(String line) {
        text.append(line).append('\n');
    }

    /// A method without result; statements up to the next follow it.
    void method(String name, String parameters, Runnable body) {
        names = 0;
        line("\n    static void " + name + "(" + parameters + ") {");
        body.run();
        line("    }");
    }

    /// Steps through `count` values a vector at a time.
    void loop(Runnable body) {
        line("for (int i = 0; i < count; i += LANES) {");
        body.run();
        line("}");
    }

    private String let(String type, String expression) {
        var name = "v" + names++;
        line(type + " " + name + " = " + expression + ";");
        return name;
    }

    String ints(String expression) {
        return let("IntVector", expression);
    }

    String longs(String expression) {
        return let("LongVector", expression);
    }

    String load(String array, String index) {
        return ints("IntVector.fromArray(INTS, " + array + ", " + index + ")");
    }

    void store(String vector, String array, String index) {
        line(vector + ".intoArray(" + array + ", " + index + ");");
    }

    String add(String x, String y) {
        var sum = ints(x + ".add(" + y + ")");
        return ints(sum + ".lanewise(UMIN, " + sum + ".sub(P))");
    }

    String sub(String x, String y) {
        var difference = ints(x + ".sub(" + y + ")");
        return positive(difference);
    }

    /// From -p+1 … p-1 to 0 … p-1.
    private String positive(String x) {
        return ints(x + ".lanewise(UMIN, " + x + ".add(P))");
    }

    Halves halves(String x) {
        var pairs = longs(x + ".reinterpretAsLongs()");
        return new Halves(pairs + ".and(LOW)", pairs + ".lanewise(LSHR, 32)");
    }

    /// An `int` in all lanes of longs, to multiply with.
    String constant(String element) {
        return longs("LongVector.broadcast(LONGS, (" + element + ") & LOW)");
    }

    String times(String x, String y) {
        return longs(x + ".mul(" + y + ")");
    }

    private static String low(String x) {
        return x + ".and(LOW)";
    }

    String mul(String x, String y) {
        var a = halves(x);
        var b = halves(y);
        return join(reduced(times(a.even, b.even)), reduced(times(a.odd, b.odd)));
    }

    /// The product with a constant, of which `w` and `wInverse` = w · p^-1 are in all lanes: what has to be subtracted
    /// is
    /// known without the product.
    String mulConstant(String x, String w, String wInverse) {
        var a = halves(x);
        return join(reducedBy(a.even, w, wInverse), reducedBy(a.odd, w, wInverse));
    }

    private String reducedBy(String x, String w, String wInverse) {
        var product = times(x, low(w));
        var q = times(x, low(wInverse));
        return longs(product + ".sub(" + low(q) + ".mul(" + low("P_LOW") + "))");
    }

    /// t · 2^-32 mod p, for t < p · 2^32: in the upper half of the lane, from -p+1 to p-1; the lower half is 0.
    private String reduced(String t) {
        var q = times(low(t), low("INVERSE_LOW"));
        return longs(t + ".sub(" + low(q) + ".mul(" + low("P_LOW") + "))");
    }

    private String join(String even, String odd) {
        return positive(ints(even + ".lanewise(LSHR, 32).or(" + odd + ").reinterpretAsInts()"));
    }

    /// Subtracts p · 2^32 from sums that are not below it, unsigned.
    private String wrap(String sum) {
        return longs(sum + ".lanewise(UMIN, " + sum + ".sub(P_HIGH))");
    }

    /// The sum of products, reduced once: 4p² < 2^64, and below p · 2^32 there is room for two products more.
    String sumOfProducts(List<Halves> x, List<Halves> y) {
        var even = "";
        var odd = "";
        var room = 4;
        for (var i = 0; i < x.size(); i++) {
            if (room == 0) {
                even = wrap(even);
                odd = wrap(odd);
                room = 2;
            }
            room--;
            var p = times(x.get(i).even, y.get(i).even);
            var q = times(x.get(i).odd, y.get(i).odd);
            even = even.isEmpty() ? p : longs(even + ".add(" + p + ")");
            odd = odd.isEmpty() ? q : longs(odd + ".add(" + q + ")");
        }
        return x.size() == 1 ? join(reduced(even), reduced(odd)) : join(reduced(wrap(even)), reduced(wrap(odd)));
    }

    /// Adds a product to a sum below p · 2^32, and it stays there.
    void addProduct(String sum, String x, String y) {
        var next = longs(sum + ".add(" + x + ".mul(" + y + "))");
        line(sum + " = " + next + ".lanewise(UMIN, " + next + ".sub(P_HIGH));");
    }

    /// The sum of all lanes of a sum of products, as a `long` in canonical 0 … p·lanes.
    String total(String sum) {
        var high = reduced(sum);
        var lanes = ints(high + ".reinterpretAsInts()");
        var inRange = positive(lanes);
        return inRange + ".reinterpretAsLongs().lanewise(LSHR, 32).reduceLanes(ADD)";
    }
}
