package org.ambientvcp.wasm.machine.simd;

import org.jspecify.annotations.Nullable;

/// What the functions on integer lanes give, computed lane by lane from the instruction's name.
final class IntegerReference {
    private final int bits;
    private final String name;
    private final long least;
    private final long most;

    /// @param bits of a lane
    /// @param name of the instruction behind its shape, such as `ADD_SAT_S`
    IntegerReference(int bits, String name) {
        this.bits = bits;
        this.name = name;
        this.least = -1L << (bits - 1);
        this.most = ~least;
    }

    /// @return null if it is not a function on single lanes
    @Nullable
    Long result(long[] operands) {
        var a = new long[] {operands[0]};
        var b = new long[] {operands.length > 1 ? operands[1] : 0};
        if (lane(0, 0, 0, 0, (int) b[0]) == null) return null;
        return Lanes.half(bits, index -> {
            var result = lane(
                    Lanes.signed(a, bits, index),
                    Lanes.signed(b, bits, index),
                    Lanes.unsigned(a, bits, index),
                    Lanes.unsigned(b, bits, index),
                    (int) b[0]);
            return result == null ? 0 : result;
        });
    }

    /// @param a lane with its sign
    /// @param u the same without
    private @Nullable Long lane(long a, long b, long u, long v, int count) {
        var mask = -1L >>> (64 - bits);
        return switch (name) {
            case "ADD" -> a + b;
            case "SUB" -> a - b;
            case "MUL" -> a * b;
            case "ADD_SAT_S" -> Lanes.saturated(a + b, least, most);
            case "ADD_SAT_U" -> Lanes.saturated(u + v, 0, mask);
            case "SUB_SAT_S" -> Lanes.saturated(a - b, least, most);
            case "SUB_SAT_U" -> Lanes.saturated(u - v, 0, mask);
            case "MIN_S" -> Math.min(a, b);
            case "MIN_U" -> Math.min(u, v);
            case "MAX_S" -> Math.max(a, b);
            case "MAX_U" -> Math.max(u, v);
            case "AVGR_U" -> (u + v + 1) / 2;
            case "ABS" -> a < 0 ? -a : a;
            case "NEG" -> -a;
            case "POPCNT" -> (long) Long.bitCount(u);
            case "SHL" -> a << count % bits;
            case "SHR_S" -> a >> count % bits;
            case "SHR_U" -> u >>> count % bits;
            case "Q15MULR_SAT_S" -> Lanes.saturated((a * b + 0x4000) >> 15, least, most);
            default -> comparison(a, b, u, v);
        };
    }

    private @Nullable Long comparison(long a, long b, long u, long v) {
        var isTrue = switch (name) {
            case "EQ" -> a == b;
            case "NE" -> a != b;
            case "LT_S" -> a < b;
            case "LT_U" -> u < v;
            case "GT_S" -> a > b;
            case "GT_U" -> u > v;
            case "LE_S" -> a <= b;
            case "LE_U" -> u <= v;
            case "GE_S" -> a >= b;
            case "GE_U" -> u >= v;
            default -> null;
        };
        return isTrue == null ? null : isTrue ? -1L : 0L;
    }
}
