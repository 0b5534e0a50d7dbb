package org.ambientvcp.wasm.interpreter;

import org.ambientvcp.wasm.machine.Numerics;

/// Integer instructions that are rarely hot: unsigned comparisons of i64, division, counting of bits, sign extension.
final class IntegerOps {
    private IntegerOps() {}

    static long binary(int op, long a, long b) {
        return switch (op) {
            case 0x55 -> bit(a > b);
            case 0x56 -> bit(Long.compareUnsigned(a, b) > 0);
            case 0x57 -> bit(a <= b);
            case 0x58 -> bit(Long.compareUnsigned(a, b) <= 0);
            case 0x59 -> bit(a >= b);
            case 0x5a -> bit(Long.compareUnsigned(a, b) >= 0);
            case 0x6d -> Numerics.divS((int) a, (int) b);
            case 0x6e -> Integer.divideUnsigned((int) a, (int) b);
            case 0x6f -> (int) a % (int) b;
            case 0x70 -> Integer.remainderUnsigned((int) a, (int) b);
            case 0x7f -> Numerics.divS(a, b);
            case 0x80 -> Long.divideUnsigned(a, b);
            case 0x81 -> a % b;
            case 0x82 -> Long.remainderUnsigned(a, b);
            case 0x89 -> Long.rotateLeft(a, (int) b);
            case 0x8a -> Long.rotateRight(a, (int) b);
            default -> throw new IllegalStateException("not an instruction: " + op);
        };
    }

    static long unary(int op, long a) {
        return switch (op) {
            case 0x67 -> Integer.numberOfLeadingZeros((int) a);
            case 0x68 -> Integer.numberOfTrailingZeros((int) a);
            case 0x69 -> Integer.bitCount((int) a);
            case 0x79 -> Long.numberOfLeadingZeros(a);
            case 0x7a -> Long.numberOfTrailingZeros(a);
            case 0x7b -> Long.bitCount(a);
            case 0xc0, 0xc2 -> (byte) a;
            case 0xc1, 0xc3 -> (short) a;
            case 0xc4 -> (int) a;
            default -> throw new IllegalStateException("not an instruction: " + op);
        };
    }

    static long bit(boolean isTrue) {
        return isTrue ? 1 : 0;
    }
}
