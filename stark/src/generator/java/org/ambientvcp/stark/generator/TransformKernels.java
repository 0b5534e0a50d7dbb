package org.ambientvcp.stark.generator;

/// Butterflies of number-theoretic transforms, and the transposition between their two parts.
///
/// A layer is `blocks` blocks of 2 or 4 parts of `part` values; block k has one root, at `first` + k of a table in
/// bit-reversed order, so that those of its halves are at 2 · (`first` + k) and the one after.
final class TransformKernels {
    private static final String LAYER = "int[] a, int at, int part, int blocks, int first, int[] roots";

    private TransformKernels() {}

    private record Root(String value, String inverse) {}

    static String source() {
        var code = new Code("TransformVectors");
        code.method("split2", LAYER, () -> layer2(code, true));
        code.method("split4", LAYER, () -> layer4(code, true));
        code.method("merge2", LAYER, () -> layer2(code, false));
        code.method("merge4", LAYER, () -> layer4(code, false));
        transpose(code);
        return code.source();
    }

    private static Root root(Code code, String index) {
        return new Root(
                code.longs("LongVector.broadcast(LONGS, roots[" + index + "])"),
                code.longs("LongVector.broadcast(LONGS, (roots[" + index + "] * INVERSE) & LOW)"));
    }

    private static String times(Code code, String x, Root root) {
        return code.mulConstant(x, root.value, root.inverse);
    }

    private static void layer2(Code code, boolean split) {
        code.line("for (int k = 0; k < blocks; k++) {");
        var w = root(code, "first + k");
        code.line("int p0 = at + k * 2 * part, p1 = p0 + part;");
        code.line("for (int end = p1; p0 < end; p0 += LANES, p1 += LANES) {");
        var x = code.load("a", "p0");
        var y = code.load("a", "p1");
        if (split) y = times(code, y, w);
        var sum = code.add(x, y);
        var difference = code.sub(x, y);
        code.store(sum, "a", "p0");
        code.store(split ? difference : times(code, difference, w), "a", "p1");
        code.line("}}");
    }

    /// Two layers at once, with half the loads and stores.
    private static void layer4(Code code, boolean split) {
        code.line("for (int k = 0; k < blocks; k++) {");
        var w = root(code, "first + k");
        var w0 = root(code, "2 * (first + k)");
        var w1 = root(code, "2 * (first + k) + 1");
        code.line("int p0 = at + k * 4 * part, p1 = p0 + part, p2 = p1 + part, p3 = p2 + part;");
        code.line("for (int end = p1; p0 < end; p0 += LANES, p1 += LANES, p2 += LANES, p3 += LANES) {");
        var a = code.load("a", "p0");
        var b = code.load("a", "p1");
        var c = code.load("a", "p2");
        var d = code.load("a", "p3");
        if (split) {
            c = times(code, c, w);
            d = times(code, d, w);
            var ac = code.add(a, c);
            var ca = code.sub(a, c);
            var bd = times(code, code.add(b, d), w0);
            var db = times(code, code.sub(b, d), w1);
            code.store(code.add(ac, bd), "a", "p0");
            code.store(code.sub(ac, bd), "a", "p1");
            code.store(code.add(ca, db), "a", "p2");
            code.store(code.sub(ca, db), "a", "p3");
        } else {
            var ab = code.add(a, b);
            var ba = times(code, code.sub(a, b), w0);
            var cd = code.add(c, d);
            var dc = times(code, code.sub(c, d), w1);
            code.store(code.add(ab, cd), "a", "p0");
            code.store(code.add(ba, dc), "a", "p1");
            code.store(times(code, code.sub(ab, cd), w), "a", "p2");
            code.store(times(code, code.sub(ba, dc), w), "a", "p3");
        }
        code.line("}}");
    }

    /// 16 rows of 16 values in four steps: in each, rows h apart exchange their lanes that are h apart.
    private static void transpose(Code code) {
        for (var h = 1; h < 16; h *= 2) {
            code.line("    private static final IntVector LOWER_" + h + " = lanes(" + h + ", false);");
            code.line("    private static final IntVector UPPER_" + h + " = lanes(" + h + ", true);");
        }
        code.line("""

                private static IntVector lanes(int distance, boolean upper) {
                    int[] lanes = new int[16];
                    for (int i = 0; i < 16; i++) {
                        if ((i & distance) != 0) lanes[i] = upper ? 16 + i : 16 + i - distance;
                        else lanes[i] = upper ? i + distance : i;
                    }
                    return IntVector.fromArray(INTS, lanes, 0);
                }
            """);
        code.method("transpose", "int[] a, int at", () -> {
            var rows = new String[16];
            for (var i = 0; i < 16; i++) rows[i] = code.load("a", "at + " + 16 * i);
            for (var h = 1; h < 16; h *= 2) {
                var next = new String[16];
                for (var i = 0; i < 16; i++) {
                    if ((i & h) != 0) continue;
                    next[i] = code.ints("LOWER_" + h + ".selectFrom(" + rows[i] + ", " + rows[i + h] + ")");
                    next[i + h] = code.ints("UPPER_" + h + ".selectFrom(" + rows[i] + ", " + rows[i + h] + ")");
                }
                rows = next;
            }
            for (var i = 0; i < 16; i++) code.store(rows[i], "a", "at + " + 16 * i);
        });
    }
}
