package org.ambientvcp.wasm.machine.simd;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// What the functions on floats give, each lane as a double: an f32 computed from doubles and rounded once more is the
/// f32 computed at once, for the instructions there are.
final class FloatReference {
    private static final long NAN_32 = 0x7fc0_0000L;

    private FloatReference() {}

    /// @return null if the function is not one of these
    static @Nullable Long result(SimdOp op, long[] operands) {
        var isFloat = op.name().startsWith("F32X4");
        if (!isFloat && !op.name().startsWith("F64X2")) return truncated(op, operands);
        var bits = isFloat ? 32 : 64;
        var name = op.name().substring(6);
        if (name.startsWith("CONVERT") || name.startsWith("PROMOTE") || name.startsWith("DEMOTE"))
            return Lanes.half(bits, index -> toBits(isFloat, converted(op, operands, index)));
        return Lanes.half(bits, index -> {
            var a = Lanes.unsigned(operands, bits, index);
            var b = operands.length > 1 ? Lanes.unsigned(new long[] {operands[1]}, bits, index) : 0;
            return lane(name, isFloat, a, b);
        });
    }

    private static long lane(String name, boolean isFloat, long aBits, long bBits) {
        var a = value(isFloat, aBits);
        var b = value(isFloat, bBits);
        var sign = isFloat ? 1L << 31 : Long.MIN_VALUE;
        return switch (name) {
            case "ABS" -> aBits & ~sign;
            case "NEG" -> aBits ^ sign;
            case "PMIN" -> b < a ? bBits : aBits;
            case "PMAX" -> a < b ? bBits : aBits;
            case "EQ" -> a == b ? -1 : 0;
            case "NE" -> a != b ? -1 : 0;
            case "LT" -> a < b ? -1 : 0;
            case "GT" -> a > b ? -1 : 0;
            case "LE" -> a <= b ? -1 : 0;
            case "GE" -> a >= b ? -1 : 0;
            default -> toBits(isFloat, arithmetic(name, a, b));
        };
    }

    private static double arithmetic(String name, double a, double b) {
        return switch (name) {
            case "ADD" -> a + b;
            case "SUB" -> a - b;
            case "MUL" -> a * b;
            case "DIV" -> a / b;
            case "SQRT" -> StrictMath.sqrt(a);
            case "MIN" -> StrictMath.min(a, b);
            case "MAX" -> StrictMath.max(a, b);
            case "CEIL" -> rounded(a, RoundingMode.CEILING);
            case "FLOOR" -> rounded(a, RoundingMode.FLOOR);
            case "TRUNC" -> rounded(a, RoundingMode.DOWN);
            case "NEAREST" -> rounded(a, RoundingMode.HALF_EVEN);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static double rounded(double a, RoundingMode mode) {
        if (!Double.isFinite(a)) return a;
        return StrictMath.copySign(new BigDecimal(a).setScale(0, mode).doubleValue(), a);
    }

    private static double converted(SimdOp op, long[] operands, int index) {
        var name = op.name();
        if (name.contains("DEMOTE")) return Double.longBitsToDouble(operands[index]);
        var lane = name.endsWith("_HIGH") ? index + 1 : index;
        if (name.contains("PROMOTE")) return value(true, Lanes.unsigned(operands, 32, lane));
        return name.replace("_HIGH", "").endsWith("_U")
                ? Lanes.unsigned(operands, 32, lane)
                : Lanes.signed(operands, 32, lane);
    }

    private static @Nullable Long truncated(SimdOp op, long[] operands) {
        if (!op.name().startsWith("I32X4_TRUNC_SAT")) return null;
        var isFloat = op.name().contains("F32X4");
        var isSigned = op.name().replace("_ZERO", "").endsWith("_S");
        var least = isSigned ? Integer.MIN_VALUE : 0L;
        var most = isSigned ? Integer.MAX_VALUE : 0xffff_ffffL;
        return Lanes.half(32, index -> {
            var value = value(isFloat, isFloat ? Lanes.unsigned(operands, 32, index) : operands[index]);
            if (Double.isNaN(value)) return 0;
            if (Double.isInfinite(value)) return value < 0 ? least : most;
            var exact = new BigDecimal(value).toBigInteger();
            return exact.max(BigInteger.valueOf(least))
                    .min(BigInteger.valueOf(most))
                    .longValue();
        });
    }

    private static double value(boolean isFloat, long bits) {
        return isFloat ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
    }

    private static long toBits(boolean isFloat, double value) {
        if (!isFloat) return Double.isNaN(value) ? 0x7ff8_0000_0000_0000L : Double.doubleToRawLongBits(value);
        return Double.isNaN(value) ? NAN_32 : Float.floatToRawIntBits((float) value);
    }
}
