package org.ambientvcp.stark.generator;

/// Element by element over columns of the base field.
final class FieldKernels {
    private static final String BINARY = "int[] a, int atA, int[] b, int atB, int[] out, int to, int count";
    private static final String WITH_CONSTANT = "int[] a, int atA, int constant, int[] out, int to, int count";

    private FieldKernels() {}

    private interface Operation {
        String of(String x, String y);
    }

    static String source() {
        var code = new Code("FieldVectors");
        binary(code, "add", code::add);
        binary(code, "sub", code::sub);
        binary(code, "mul", code::mul);
        code.method("addConstant", WITH_CONSTANT, () -> {
            var c = code.ints("IntVector.broadcast(INTS, constant)");
            code.loop(() -> code.store(code.add(code.load("a", "atA + i"), c), "out", "to + i"));
        });
        code.method("mulConstant", WITH_CONSTANT, () -> {
            var w = code.constant("constant");
            var inverse = code.constant("constant * INVERSE");
            code.loop(() -> code.store(code.mulConstant(code.load("a", "atA + i"), w, inverse), "out", "to + i"));
        });
        code.method("addScaled", "int[] a, int atA, int constant, int[] sum, int at, int count", () -> {
            var w = code.constant("constant");
            var inverse = code.constant("constant * INVERSE");
            code.loop(() -> {
                var product = code.mulConstant(code.load("a", "atA + i"), w, inverse);
                code.store(code.add(code.load("sum", "at + i"), product), "sum", "at + i");
            });
        });
        return code.source();
    }

    private static void binary(Code code, String name, Operation operation) {
        code.method(
                name,
                BINARY,
                () -> code.loop(() -> code.store(
                        operation.of(code.load("a", "atA + i"), code.load("b", "atB + i")), "out", "to + i")));
    }
}
