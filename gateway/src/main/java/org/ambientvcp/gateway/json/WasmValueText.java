package org.ambientvcp.gateway.json;

import java.util.Locale;
import java.util.regex.Pattern;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;

/// WASM numbers as people write them: `i32:-5`, `i64:7`, `f32:1.5`, `f64:-inf`, `f64:nan:0x8000000000001`.
/// The text of a value gives the same bits back. Pure functions.
///
/// Integers are signed decimal. Floating-point numbers are decimal, the shortest that rounds to the same bits; `inf`;
/// `nan` is the canonical NaN and `nan:0x…` one with another payload; a `-` sets the sign bit of each of them.
public final class WasmValueText {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,400}(\\.[0-9]{1,400})?([eE][+-]?[0-9]{1,4})?");
    private static final Pattern PAYLOAD = Pattern.compile("nan:0x([0-9a-f]{1,13})");

    /// Layout of an IEEE 754 format.
    private record Format(WasmType type, int fractionBits, long signBit) {
        long fractionMask() {
            return (1L << fractionBits) - 1;
        }

        long infinity() {
            return (signBit - 1) & ~fractionMask();
        }

        long canonicalPayload() {
            return 1L << (fractionBits - 1);
        }
    }

    private static final Format F32 = new Format(WasmType.F32, 23, 1L << 31);
    private static final Format F64 = new Format(WasmType.F64, 52, 1L << 63);

    private WasmValueText() {}

    /// @throws IllegalArgumentException if the text is no value; says what was expected and what came
    public static WasmValue parse(String text) {
        var colon = text.indexOf(':');
        if (colon > 0 && text.length() <= 1_000) {
            var number = text.substring(colon + 1);
            try {
                return switch (text.substring(0, colon)) {
                    case "i32" -> new WasmValue(WasmType.I32, Integer.parseInt(decimal(number)) & 0xFFFF_FFFFL);
                    case "i64" -> new WasmValue(WasmType.I64, Long.parseLong(decimal(number)));
                    case "f32" -> new WasmValue(WasmType.F32, real(F32, number));
                    case "f64" -> new WasmValue(WasmType.F64, real(F64, number));
                    default -> throw new NumberFormatException();
                };
            } catch (NumberFormatException notANumber) {
                // falls through to the one message that says all
            }
        }
        throw new IllegalArgumentException("is not a WASM value such as i32:5, i64:-7, f32:1.5, f64:nan: \""
                + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + "\"");
    }

    public static String of(WasmValue value) {
        var bits = value.getBits();
        return switch (value.getType()) {
            case I32 -> "i32:" + (int) bits;
            case I64 -> "i64:" + bits;
            case F32 -> "f32:" + text(F32, bits & 0xFFFF_FFFFL);
            case F64 -> "f64:" + text(F64, bits);
        };
    }

    /// Java also takes `+5` and digits of other scripts.
    private static String decimal(String number) {
        for (var i = 0; i < number.length(); i++) {
            var c = number.charAt(i);
            if (!((c >= '0' && c <= '9') || (c == '-' && i == 0))) throw new NumberFormatException();
        }
        return number;
    }

    private static long real(Format format, String text) {
        if (text.startsWith("-")) return format.signBit | magnitude(format, text.substring(1));
        return magnitude(format, text);
    }

    private static long magnitude(Format format, String text) {
        if (text.equals("inf")) return format.infinity();
        if (text.equals("nan")) return format.infinity() | format.canonicalPayload();
        var payload = PAYLOAD.matcher(text);
        if (payload.matches()) {
            var fraction = Long.parseLong(payload.group(1), 16);
            if (fraction == 0 || fraction > format.fractionMask()) throw new NumberFormatException();
            return format.infinity() | fraction;
        }
        if (!DECIMAL.matcher(text).matches()) throw new NumberFormatException();
        var bits = format.type == WasmType.F32
                ? Integer.toUnsignedLong(Float.floatToRawIntBits(Float.parseFloat(text)))
                : Double.doubleToRawLongBits(Double.parseDouble(text));
        if (bits == format.infinity()) throw new NumberFormatException(); // too large to be written as a number
        return bits;
    }

    private static String text(Format format, long bits) {
        var sign = (bits & format.signBit) == 0 ? "" : "-";
        var magnitude = bits & (format.signBit - 1);
        if (magnitude == format.infinity()) return sign + "inf";
        if (magnitude > format.infinity()) {
            var payload = magnitude & format.fractionMask();
            return sign + (payload == format.canonicalPayload() ? "nan" : "nan:0x" + Long.toHexString(payload));
        }
        return sign
                + (format.type == WasmType.F32
                                ? Float.toString(Float.intBitsToFloat((int) magnitude))
                                : Double.toString(Double.longBitsToDouble(magnitude)))
                        .toLowerCase(Locale.ROOT);
    }
}
