package org.ambientvcp.wasm.spec;

import java.util.Arrays;

/// A value that a test passes or expects.
///
/// @param type such as `i32` or `externref`; of a vector `v128`, or `f32x4` or `f64x2` with lanes
/// @param text unsigned decimal bits, `nan:canonical`, `nan:arithmetic`, `null` or `any`; of a vector those of its
///     halves or lanes with `/` between
record SpecValue(String type, String text) {
    private static final int NAN_32 = 0x7fc0_0000;
    private static final long NAN_64 = 0x7ff8_0000_0000_0000L;

    static SpecValue parse(String value) {
        var colon = value.indexOf(':');
        return new SpecValue(value.substring(0, colon), value.substring(colon + 1));
    }

    /// The bits to pass, of a vector in two halves.
    long[] bits() {
        if (isVector()) return parts();
        return new long[] {text.equals("null") ? -1 : Long.parseUnsignedLong(text)};
    }

    /// How many numbers it takes where it is passed.
    int slots() {
        return isVector() ? 2 : 1;
    }

    /// Whether these are the bits expected, from `at` on. Where the test allows several NaNs this engine has one,
    /// the positive canonical one.
    boolean matches(long[] bits, int at) {
        if (isVector()) return Arrays.equals(halves(), Arrays.copyOfRange(bits, at, at + 2));
        return switch (type) {
            case "i64", "f64" -> bits[at] == number(text, NAN_64);
            case "i32", "f32" -> (int) bits[at] == (int) number(text, NAN_32);
            case "funcref", "externref" -> text.equals("any") ? (int) bits[at] >= 0 : (int) bits[at] == (int) bits()[0];
            default -> throw new IllegalArgumentException(type);
        };
    }

    private boolean isVector() {
        return text.indexOf('/') >= 0;
    }

    private long[] halves() {
        var parts = parts();
        if (!type.equals("f32x4")) return parts;
        return new long[] {parts[0] | parts[1] << 32, parts[2] | parts[3] << 32};
    }

    private long[] parts() {
        var nan = type.equals("f32x4") ? NAN_32 : NAN_64;
        return Arrays.stream(text.split("/", -1))
                .mapToLong(part -> number(part, nan))
                .toArray();
    }

    private static long number(String text, long nan) {
        return text.startsWith("nan") ? nan : Long.parseUnsignedLong(text);
    }
}
