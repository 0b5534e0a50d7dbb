package org.ambientvcp.wasm.fuzz;

import java.util.SplittableRandom;

/// Bits of numbers, most of them near the edges.
final class Constants {
    private static final double[] EDGES = {
        0,
        1,
        0.5,
        1.5,
        2.5,
        0x1p31,
        0x1p32,
        0x1p63,
        0x1p64,
        0x1p52,
        0x1p23,
        0x1p-1074,
        0x1p-149,
        0x1p-1022,
        0x1p-126,
        0x1.fffffep127,
        0x1.fffffffffffffp1023,
        2147483647.0,
        4294967295.0,
        0x1.fffffffffffffp62,
        1e10,
        3.14159,
        Double.POSITIVE_INFINITY
    };

    private Constants() {}

    static int i32(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(-3, 4);
            case 1 -> 1 << random.nextInt(32);
            case 2 -> (1 << random.nextInt(32)) - 1;
            case 3 -> random.nextInt(256);
            case 4 -> Integer.MIN_VALUE + random.nextInt(-2, 2);
            default -> random.nextInt();
        };
    }

    static long i64(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(-3, 4);
            case 1 -> 1L << random.nextInt(64);
            case 2 -> (1L << random.nextInt(64)) - 1;
            case 3 -> i32(random);
            case 4 -> Long.MIN_VALUE + random.nextInt(-2, 2);
            default -> random.nextLong();
        };
    }

    static int f32(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            // NaN of any sign and payload, canonical and not
            case 0 ->
                0x7f80_0000
                        | random.nextInt(2) << 31
                        | (random.nextBoolean() ? 0x40_0000 : 1 << random.nextInt(23) | random.nextInt(1 << 23));
            case 1 -> random.nextInt();
            case 2 -> Float.floatToRawIntBits(random.nextInt(-100, 100));
            default -> Float.floatToRawIntBits((float) edge(random));
        };
    }

    static long f64(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 ->
                0x7ff0_0000_0000_0000L
                        | random.nextLong(2) << 63
                        | (random.nextBoolean() ? 1L << 51 : 1L << random.nextInt(52) | random.nextLong(1L << 52));
            case 1 -> random.nextLong();
            case 2 -> Double.doubleToRawLongBits(random.nextInt(-100, 100));
            default -> Double.doubleToRawLongBits(edge(random));
        };
    }

    private static double edge(SplittableRandom random) {
        var value = EDGES[random.nextInt(EDGES.length)];
        if (random.nextInt(4) == 0) value = random.nextBoolean() ? Math.nextUp(value) : Math.nextDown(value);
        return random.nextBoolean() ? value : -value;
    }
}
