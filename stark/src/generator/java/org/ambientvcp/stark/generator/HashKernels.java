package org.ambientvcp.stark.generator;

/// The compression of BLAKE2s, a message in every lane.
final class HashKernels {
    /// RFC 7693, 3.2: what each of the 8 mixings of a round works on.
    private static final int[][] MIXINGS = {
        {0, 4, 8, 12}, {1, 5, 9, 13}, {2, 6, 10, 14}, {3, 7, 11, 15},
        {0, 5, 10, 15}, {1, 6, 11, 12}, {2, 7, 8, 13}, {3, 4, 9, 14}
    };

    private HashKernels() {}

    static String source() {
        var code = new Code("HashVectors");
        code.line("""
                private static final int[] ORDER = new int[16 * Blake2sConstants.ROUNDS];

                static {
                    for (int i = 0; i < ORDER.length; i++) ORDER[i] = Kernels.MESSAGES * Blake2sConstants.sigma(i / 16, i % 16);
                }
            """);
        code.method("compress", "int[] state, int[] message, int lane, int bytes, int last", () -> {
            for (var i = 0; i < 8; i++)
                code.line("IntVector v%d = IntVector.fromArray(INTS, state, lane + %d * Kernels.MESSAGES);"
                        .formatted(i, i));
            for (var i = 0; i < 8; i++) {
                var word = "Blake2sConstants.iv(" + i + ")" + (i == 4 ? " ^ bytes" : i == 6 ? " ^ last" : "");
                code.line("IntVector v%d = IntVector.broadcast(INTS, %s);".formatted(8 + i, word));
            }
            code.line("for (int r = 0; r < ORDER.length; r += 16) {");
            for (var i = 0; i < MIXINGS.length; i++) mix(code, MIXINGS[i], 2 * i);
            code.line("}");
            for (var i = 0; i < 8; i++)
                code.line(
                        "IntVector.fromArray(INTS, state, lane + %d * Kernels.MESSAGES).lanewise(XOR, v%d).lanewise(XOR, v%d).intoArray(state, lane + %d * Kernels.MESSAGES);"
                                .formatted(i, i, 8 + i, i));
        });
        return code.source();
    }

    private static void mix(Code code, int[] words, int first) {
        var a = "v" + words[0];
        var b = "v" + words[1];
        var c = "v" + words[2];
        var d = "v" + words[3];
        for (var half = 0; half < 2; half++) {
            code.line("%s = %s.add(%s).add(IntVector.fromArray(INTS, message, lane + ORDER[r + %d]));"
                    .formatted(a, a, b, first + half));
            code.line("%s = %s.lanewise(XOR, %s).lanewise(ROR, %d);".formatted(d, d, a, half == 0 ? 16 : 8));
            code.line("%s = %s.add(%s);".formatted(c, c, d));
            code.line("%s = %s.lanewise(XOR, %s).lanewise(ROR, %d);".formatted(b, b, c, half == 0 ? 12 : 7));
        }
    }
}
