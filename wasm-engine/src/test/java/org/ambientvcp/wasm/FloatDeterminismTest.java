package org.ambientvcp.wasm;

import static org.ambientvcp.wasm.Modules.run;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FloatDeterminismTest {
    private static final Value CANONICAL_64 = new Value(ValueType.F64, 0x7ff8000000000000L);
    private static final Value CANONICAL_32 = new Value(ValueType.F32, 0x7fc00000L);
    private static final Value ODD_64 = new Value(ValueType.F64, 0xfff4000000000123L);
    private static final Value ODD_32 = new Value(ValueType.F32, 0xffa00321L);

    @Test
    void everyComputedNanIsThePositiveCanonicalOne() {
        assertThat(run("floats", "divide64", Value.f64(0), Value.f64(0)).values())
                .containsExactly(CANONICAL_64);
        assertThat(run("floats", "divide64", ODD_64, Value.f64(1)).values()).containsExactly(CANONICAL_64);
        assertThat(run("floats", "divide32", Value.f32(0), Value.f32(0)).values())
                .containsExactly(CANONICAL_32);
        assertThat(run("floats", "divide32", ODD_32, Value.f32(1)).values()).containsExactly(CANONICAL_32);
        assertThat(run("floats", "demote", ODD_64).values()).containsExactly(CANONICAL_32);
        assertThat(run("floats", "promote", ODD_32).values()).containsExactly(CANONICAL_64);
    }

    @Test
    void aComputedNanIsCanonicalWhereverItGoesNext() {
        var canonical = Value.i64(CANONICAL_64.bits());
        assertThat(run("floats", "bits64", Value.f64(0), Value.f64(0)).values()).containsExactly(canonical);
        assertThat(run("floats", "stored64", Value.f64(-1)).values()).containsExactly(canonical);
        assertThat(run("floats", "returned64", Value.f64(-1)).values()).containsExactly(canonical);
        assertThat(run("floats", "branch64", Value.f64(-1)).values()).containsExactly(CANONICAL_64);
    }

    @Test
    void aNanThatIsOnlyMovedKeepsItsBits() {
        assertThat(run("floats", "moved", ODD_64).values()).containsExactly(ODD_64);
        assertThat(run("floats", "negate", ODD_64).values())
                .containsExactly(new Value(ValueType.F64, 0x7ff4000000000123L));
    }

    @Test
    void numbersAndInfinitiesAreLeftAlone() {
        assertThat(run("floats", "divide64", Value.f64(1), Value.f64(-0.0)).values())
                .containsExactly(Value.f64(Double.NEGATIVE_INFINITY));
        assertThat(run("floats", "divide32", Value.f32(1), Value.f32(3)).values())
                .containsExactly(Value.f32(1f / 3f));
    }
}
