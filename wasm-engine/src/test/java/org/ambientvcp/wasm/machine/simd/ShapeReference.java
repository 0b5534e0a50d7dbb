package org.ambientvcp.wasm.machine.simd;

import org.jspecify.annotations.Nullable;

/// What the functions on integers give that go across lanes or change their width, the plain way.
final class ShapeReference {
    private ShapeReference() {}

    /// @return null if the function is not one of these
    static @Nullable Long result(SimdOp op, long[] operands) {
        var name = op.name();
        var bits = Integer.parseInt(name.replaceAll("^.(\\d+|128).*", "$1"));
        var isSigned = name.endsWith("_S") || name.endsWith("_S_HIGH");
        return switch (op.shape()) {
            case TEST -> test(name, bits, operands);
            case SPLAT -> Lanes.half(bits, index -> operands[0]);
            case REPLACE ->
                Lanes.half(bits, index -> index == operands[2] ? operands[1] : Lanes.signed(operands, bits, index));
            case SWIZZLE -> chosen(operands, 16, operands[2], 0xff);
            case SHUFFLE -> chosen(operands, 32, operands[4], 0x1f);
            case NARROW -> narrow(operands, bits, isSigned);
            case EXTEND, EXTEND_MULTIPLY ->
                name.startsWith("I")
                        ? Lanes.half(bits, index -> extended(operands, bits, index, name.endsWith("_HIGH"), isSigned))
                        : null;
            default -> name.contains("EXTADD") || name.contains("DOT") ? pairs(operands, bits, isSigned) : null;
        };
    }

    private static Long test(String name, int bits, long[] operands) {
        if (name.endsWith("ANY_TRUE")) return (operands[0] | operands[1]) != 0 ? 1L : 0L;
        var result = name.endsWith("ALL_TRUE") ? 1L : 0L;
        for (var index = 0; index < 128 / bits; index++) {
            var lane = Lanes.signed(operands, bits, index);
            if (name.endsWith("ALL_TRUE")) result &= lane != 0 ? 1 : 0;
            else if (lane < 0) result |= 1L << index;
        }
        return result;
    }

    private static long chosen(long[] halves, int bytes, long indices, int mask) {
        return Lanes.half(8, index -> {
            var from = (int) (indices >>> (index * 8)) & mask;
            return from < bytes ? Lanes.signed(halves, 8, from) : 0;
        });
    }

    private static long narrow(long[] operands, int bits, boolean isSigned) {
        var least = isSigned ? -1L << (bits - 1) : 0;
        var most = isSigned ? ~least : -1L >>> (64 - bits);
        return Lanes.half(bits, index -> Lanes.saturated(Lanes.signed(operands, bits * 2, index), least, most));
    }

    private static long extended(long[] operands, int bits, int index, boolean isHigh, boolean isSigned) {
        var product = 1L;
        for (var operand : operands) product *= lane(operand, bits / 2, index + (isHigh ? 64 / bits : 0), isSigned);
        return product;
    }

    private static long pairs(long[] operands, int bits, boolean isSigned) {
        return Lanes.half(bits, index -> {
            var sum = 0L;
            for (var part = 0; part < 2; part++) {
                var product = 1L;
                for (var operand : operands) product *= lane(operand, bits / 2, index * 2 + part, isSigned);
                sum += product;
            }
            return sum;
        });
    }

    private static long lane(long half, int bits, int index, boolean isSigned) {
        var halves = new long[] {half};
        return isSigned ? Lanes.signed(halves, bits, index) : Lanes.unsigned(halves, bits, index);
    }
}
