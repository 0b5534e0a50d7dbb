package org.ambientvcp.stark.field;

/// The prime field of order p = 2^31 - 2^27 + 1.
///
/// An element x is an `int` that holds x·2^32 mod p, in 0 … p-1 (Montgomery form): equal elements are equal ints, and 0
/// is 0. Wherever it is not called canonical, a value of this field is in that form. Arguments have to be in it;
/// nothing
/// checks this.
public final class BabyBear {
    public static final int P = 0x78000001;

    /// p - 1 = 15 · 2^27: there are roots of unity of order 2^27 and no higher power of two.
    public static final int TWO_ADICITY = 27;

    /// p^-1 modulo 2^32. Its negative would be usual; with this, the reduction is a subtraction.
    public static final int P_INVERSE = 0x88000001;

    private static final int R_SQUARED = (int) ((1L << 32) % P * ((1L << 32) % P) % P);

    public static final int ONE = fromCanonical(1);
    public static final int MINUS_ONE = neg(ONE);
    public static final int HALF = fromCanonical((P + 1) / 2);

    /// Generates the multiplicative group: the smallest that does.
    public static final int GENERATOR = fromCanonical(31);

    private static final int[] ROOTS = new int[TWO_ADICITY + 1];
    private static final int[] SHIFTS = new int[TWO_ADICITY + 1];

    static {
        ROOTS[TWO_ADICITY] = pow(GENERATOR, 15);
        SHIFTS[TWO_ADICITY] = GENERATOR;
        for (var log = TWO_ADICITY - 1; log >= 0; log--) {
            ROOTS[log] = mul(ROOTS[log + 1], ROOTS[log + 1]);
            SHIFTS[log] = mul(SHIFTS[log + 1], SHIFTS[log + 1]);
        }
    }

    private BabyBear() {}

    /// Whether an `int` is the canonical form of an element: 0 … p-1.
    public static boolean isCanonical(int value) {
        return value >= 0 && value < P;
    }

    public static int fromCanonical(int value) {
        return mul(value, R_SQUARED);
    }

    public static int toCanonical(int a) {
        return mul(a, 1);
    }

    /// The element that an integer of any sign stands for.
    public static int of(long integer) {
        return fromCanonical(Math.floorMod(integer, P));
    }

    public static int add(int a, int b) {
        var sum = a + b - P;
        return sum + ((sum >> 31) & P);
    }

    public static int sub(int a, int b) {
        var difference = a - b;
        return difference + ((difference >> 31) & P);
    }

    public static int neg(int a) {
        return sub(0, a);
    }

    public static int mul(int a, int b) {
        return reduce((long) a * b);
    }

    /// `t` · 2^-32 mod p, for t in 0 … p·2^32 - 1.
    public static int reduce(long t) {
        var q = (int) t * P_INVERSE;
        var r = (int) (t >>> 32) - (int) (((q & 0xFFFFFFFFL) * P) >>> 32);
        return r + ((r >> 31) & P);
    }

    /// `a` to the power of `exponent`, 0 or more; 0 to the power of 0 is 1.
    public static int pow(int a, long exponent) {
        if (exponent < 0) throw new IllegalArgumentException("exponent is negative: " + exponent);
        var result = ONE;
        var square = a;
        for (var rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) result = mul(result, square);
            square = mul(square, square);
        }
        return result;
    }

    /// `a` to the power of 2^`log`.
    public static int toThePowerOfTwo(int a, int log) {
        var result = a;
        for (var i = 0; i < log; i++) result = mul(result, result);
        return result;
    }

    /// @throws ArithmeticException if `a` is 0
    public static int inverse(int a) {
        if (a == 0) throw new ArithmeticException("0 has no inverse");
        return pow(a, P - 2L);
    }

    /// A root of unity of order 2^`log`; its square is that of the order before. `log` is 0–27.
    public static int rootOfUnity(int log) {
        return ROOTS[log];
    }

    /// What the domain of size 2^`log` is shifted by, so that it has no point in common with a group of a power of two:
    /// 31^(2^(27 - `log`)). Its square is the shift of the domain of half the size. `log` is 0–27.
    public static int cosetShift(int log) {
        return SHIFTS[log];
    }
}
