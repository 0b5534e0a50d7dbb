package org.ambientvcp.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WasmValueTextTest {

    @ParameterizedTest
    @CsvSource({
        "i32:5, I32, 5",
        "i32:-1, I32, ffffffff",
        "i64:-2, I64, fffffffffffffffe",
        "i64:9223372036854775807, I64, 7fffffffffffffff",
        "f32:1.5, F32, 3fc00000",
        "f32:-0.0, F32, 80000000",
        "f32:inf, F32, 7f800000",
        "f32:nan, F32, 7fc00000",
        "f32:-nan:0x1, F32, ff800001",
        "f64:0.1, F64, 3fb999999999999a",
        "f64:4.9e-324, F64, 1",
        "f64:-inf, F64, fff0000000000000",
        "f64:nan, F64, 7ff8000000000000",
        "f64:nan:0x7, F64, 7ff0000000000007",
    })
    void aTextNamesExactBitsAndTheBitsGiveTheText(String text, WasmType type, String bits) {
        var value = WasmValueText.parse(text);

        assertThat(value).isEqualTo(new WasmValue(type, Long.parseUnsignedLong(bits, 16)));
        assertThat(WasmValueText.of(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "i32",
                "i32:",
                ":5",
                "i8:5",
                "i32:+5",
                "i32: 5",
                "i32:5 ",
                "i32:2147483648",
                "i32:--5",
                "i32:٥",
                "i32:1.0",
                "i64:9223372036854775808",
                "f32:",
                "f32:1e39",
                "f64:1e400",
                "f64:0x1p3",
                "f64:NaN",
                "f64:1f",
                "f64:Infinity",
                "f32:nan:0x0",
                "f32:nan:0x800000",
                "f64:nan:0x10000000000000",
                "f64:--1",
                "I32:5"
            })
    void whatIsNoValueIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> WasmValueText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("i32:5");
    }

    @Test
    void anyBitsSurviveTheWayThroughText() {
        var random = new Random(1);

        for (var i = 0; i < 200_000; i++) {
            var bits = switch (i % 3) {
                case 0 -> random.nextLong();
                case 1 -> random.nextLong() | 0x7ff0_0000_0000_0000L; // infinities and NaNs
                default -> random.nextLong() & 0xfL; // denormals
            };
            for (var type : WasmType.values()) {
                var narrow = type == WasmType.I32 || type == WasmType.F32;
                var value = new WasmValue(type, narrow ? bits >>> 32 : bits);
                assertThat(WasmValueText.parse(WasmValueText.of(value))).isEqualTo(value);
            }
        }
    }
}
