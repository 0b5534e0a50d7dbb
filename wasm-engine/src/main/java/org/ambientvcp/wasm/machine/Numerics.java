package org.ambientvcp.wasm.machine;

/// The arithmetic of WASM where Java's differs. Both ways of executing call these, so that they cannot disagree. Where
/// a result may be NaN its bits are whatever the JVM gives: [#canonical(float)] is put where they could be seen.
public final class Numerics {
    private static final double TWO_32 = 0x1p32;
    private static final double TWO_63 = 0x1p63;
    private static final double TWO_64 = 0x1p64;

    private Numerics() {}

    public static float canonical(float value) {
        return Float.isNaN(value) ? Float.NaN : value;
    }

    public static double canonical(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }

    public static int divS(int a, int b) {
        if (a == Integer.MIN_VALUE && b == -1) throw Traps.trap(Traps.INTEGER_OVERFLOW);
        return a / b;
    }

    public static long divS(long a, long b) {
        if (a == Long.MIN_VALUE && b == -1) throw Traps.trap(Traps.INTEGER_OVERFLOW);
        return a / b;
    }

    public static float trunc(float value) {
        return (float) trunc((double) value);
    }

    public static double trunc(double value) {
        return value < 0 ? Math.ceil(value) : Math.floor(value);
    }

    public static float ceil(float value) {
        return (float) Math.ceil(value);
    }

    public static float floor(float value) {
        return (float) Math.floor(value);
    }

    public static float nearest(float value) {
        return (float) Math.rint(value);
    }

    public static float sqrt(float value) {
        return (float) Math.sqrt(value);
    }

    public static float copysign(float magnitude, float sign) {
        return Float.intBitsToFloat((Float.floatToRawIntBits(magnitude) & Integer.MAX_VALUE)
                | (Float.floatToRawIntBits(sign) & Integer.MIN_VALUE));
    }

    public static double copysign(double magnitude, double sign) {
        return Double.longBitsToDouble((Double.doubleToRawLongBits(magnitude) & Long.MAX_VALUE)
                | (Double.doubleToRawLongBits(sign) & Long.MIN_VALUE));
    }

    /// Negation by its sign bit, NaN too.
    public static float negate(float value) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(value) ^ Integer.MIN_VALUE);
    }

    public static double negate(double value) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(value) ^ Long.MIN_VALUE);
    }

    /// Absolute value by its sign bit, NaN too.
    public static float abs(float value) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(value) & Integer.MAX_VALUE);
    }

    public static double abs(double value) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(value) & Long.MAX_VALUE);
    }

    /// Signed and unsigned truncation to integers; an f32 widens to f64 without loss.
    public static int truncS(double value) {
        if (value > -2147483649.0 && value < 2147483648.0) return (int) value;
        throw unconvertible(value);
    }

    public static int truncU(double value) {
        if (value > -1 && value < TWO_32) return (int) (long) value;
        throw unconvertible(value);
    }

    public static long truncLongS(double value) {
        if (value >= -TWO_63 && value < TWO_63) return (long) value;
        throw unconvertible(value);
    }

    public static long truncLongU(double value) {
        if (value > -1 && value < TWO_64) return toUnsignedLong(value);
        throw unconvertible(value);
    }

    /// Saturating: NaN gives 0. The signed ones are Java's casts.
    public static int saturateU(double value) {
        if (!(value > 0)) return 0;
        return value >= TWO_32 ? -1 : (int) (long) value;
    }

    public static long saturateLongU(double value) {
        if (!(value > 0)) return 0;
        return value >= TWO_64 ? -1 : toUnsignedLong(value);
    }

    public static float toFloatU(int value) {
        return (float) Integer.toUnsignedLong(value);
    }

    public static double toDoubleU(int value) {
        return (double) Integer.toUnsignedLong(value);
    }

    /// The lowest bit, kept, decides the rounding of the half.
    public static float toFloatU(long value) {
        return value >= 0 ? (float) value : (float) ((value >>> 1) | (value & 1)) * 2;
    }

    public static double toDoubleU(long value) {
        return value >= 0 ? (double) value : (double) ((value >>> 1) | (value & 1)) * 2;
    }

    private static long toUnsignedLong(double value) {
        return value < TWO_63 ? (long) value : (long) (value - TWO_63) ^ Long.MIN_VALUE;
    }

    private static Stop unconvertible(double value) {
        return Traps.trap(Double.isNaN(value) ? Traps.CONVERSION : Traps.INTEGER_OVERFLOW);
    }
}
