package org.ambientvcp.wasm.spec;

/// A value that a test passes or expects.
///
/// @param type such as `i32` or `externref`
/// @param text unsigned decimal bits, `nan:canonical`, `nan:arithmetic`, `null` or `any`
record SpecValue(String type, String text) {
    private static final int NAN_32 = 0x7fc0_0000;
    private static final long NAN_64 = 0x7ff8_0000_0000_0000L;

    static SpecValue parse(String value) {
        var colon = value.indexOf(':');
        return new SpecValue(value.substring(0, colon), value.substring(colon + 1));
    }

    /// The bits to pass.
    long bits() {
        return text.equals("null") ? -1 : Long.parseUnsignedLong(text);
    }

    /// Whether these are the bits expected. Where the test allows several NaNs this engine has one, the positive
    /// canonical one.
    boolean matches(long bits) {
        return switch (type) {
            case "i64" -> bits == bits();
            case "f64" -> bits == (text.startsWith("nan") ? NAN_64 : bits());
            case "f32" -> (int) bits == (text.startsWith("nan") ? NAN_32 : (int) bits());
            case "i32" -> (int) bits == (int) bits();
            case "funcref", "externref" -> text.equals("any") ? (int) bits >= 0 : (int) bits == (int) bits();
            default -> throw new IllegalArgumentException(type);
        };
    }
}
