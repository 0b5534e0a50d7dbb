package org.ambientvcp.wasm.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ValuesTest {
    private static final TestModule VALUES = TestModule.read("values");

    private static long bits(float value) {
        return Integer.toUnsignedLong(Float.floatToRawIntBits(value));
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    @Test
    void valuesWaitWhileABranchIsTaken() {
        assertThat(VALUES.results("wait", 1)).containsExactly(0x123456789abL, bits(1.5f), bits(107.25));
        assertThat(VALUES.results("wait", 0)).containsExactly(0x123456789abL, bits(1.5f), bits(207.25));
    }

    @Test
    void aBranchLeavesValuesBehind() {
        assertThat(VALUES.results("leave", 1)).containsExactly(4L, bits(5.5));
        assertThat(VALUES.results("leave", 0)).containsExactly(7L, bits(6.5));
    }

    @Test
    void aTableOfBranchesCarriesAValueToAnyDepth() {
        assertThat(VALUES.results("switch", 0)).containsExactly(1_007L);
        assertThat(VALUES.results("switch", 1)).containsExactly(7L);
        assertThat(VALUES.results("switch", 2)).containsExactly(1_007L);
        assertThat(VALUES.results("switch", 3)).containsExactly(7L);
        assertThat(VALUES.results("switch", -1)).containsExactly(7L);
    }

    @Test
    void selectTakesValuesOfEveryType() {
        assertThat(VALUES.results("select", 1, 2)).containsExactly(11L, 44L, bits(5.5f), bits(7.5));
        assertThat(VALUES.results("select", 0, 0)).containsExactly(22L, 33L, bits(6.5f), bits(7.5));
        assertThat(VALUES.results("select", -1, 2)).containsExactly(11L, 44L, bits(5.5f), bits(8.5));
    }

    @Test
    void valuesOfDifferentTypesTakeTurnsAtOnePlace() {
        assertThat(VALUES.results("reuse", 1)).containsExactly(5L + 0 + 3);
        assertThat(VALUES.results("reuse", 0)).containsExactly(11L + 1 + 7);
    }

    @Test
    void aNanBelowOtherValuesBecomesCanonical() {
        assertThat(VALUES.results("below", 0)).containsExactly(0x7fc0_0000L);
        assertThat(VALUES.results("below", 0x8000_0000L)).containsExactly(0x7fc0_0000L);
    }

    @Test
    void constantsKeepTheirBits() {
        assertThat(VALUES.results("nan32")).containsExactly(0xff92_3456L);
        assertThat(VALUES.results("nan64")).containsExactly(0x7ff0_0001_2345_6789L);
        assertThat(VALUES.results("minus0_32")).containsExactly(0x8000_0000L);
        assertThat(VALUES.results("minus0_64")).containsExactly(Long.MIN_VALUE);
    }

    @Test
    void comparisonsCanBeUsedLate() {
        assertThat(VALUES.results("late", bits(1.0), bits(2.0))).containsExactly(0b1001L);
        assertThat(VALUES.results("late", bits(2.0), bits(1.0))).containsExactly(0b0010L);
        assertThat(VALUES.results("late", bits(1.0), bits(1.0))).containsExactly(0b0110L);
        assertThat(VALUES.results("late", bits(1.0), bits(Double.NaN))).containsExactly(0L);
    }

    @Test
    void globalsOfEveryTypeAreReadAndWritten() {
        assertThat(VALUES.results("globals")).containsExactly(0xffff_fffcL, -6L, bits(3.0f), bits(-1.25));
    }
}
