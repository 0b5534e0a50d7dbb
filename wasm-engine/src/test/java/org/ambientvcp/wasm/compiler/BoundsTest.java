package org.ambientvcp.wasm.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoundsTest {
    private static final int[] NUMBERS = {
        0,
        1,
        2,
        5,
        100,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE - 1,
        Integer.MAX_VALUE - 7,
        -1,
        -2,
        -100,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 7
    };
    private static final int[] STRIDES = {1, 2, 3, 4, 8, 1_000, 1 << 30, Integer.MAX_VALUE};

    /// What [Loops] relies on: rounds below the bound are no more than the gas is there for, none of them goes over
    /// the end of the numbers, and the loop would not have ended before.
    @Test
    void countersBelowTheBoundNeedNoLook() {
        var random = new SplittableRandom(1);
        for (var counter : NUMBERS)
            for (var limit : NUMBERS)
                for (var stride : STRIDES)
                    for (var i = 0; i < 20; i++)
                        check(counter, limit, stride, random.nextLong(1L << random.nextInt(1, 50)));
    }

    private static void check(int counter, int limit, int stride, long gas) {
        var bits = 3;
        var up = Bounds.up(counter, limit, stride, gas, bits);
        var down = Bounds.down(counter, limit, -stride, gas, bits);
        var upUnsigned = Bounds.upUnsigned(counter, limit, stride, gas, bits);
        var downUnsigned = Bounds.downUnsigned(counter, limit, -stride, gas, bits);

        var rounds = 0L;
        for (var next = (long) counter + stride; rounds < 40 && (int) next < up; next += stride) {
            assertThat((int) next).isEqualTo(next).isLessThan(limit);
            assertThat(++rounds << bits).isLessThanOrEqualTo(gas);
        }
        rounds = 0;
        for (var next = (long) counter - stride; rounds < 40 && (int) next > down; next -= stride) {
            assertThat((int) next).isEqualTo(next).isGreaterThan(limit);
            assertThat(++rounds << bits).isLessThanOrEqualTo(gas);
        }
        rounds = 0;
        for (var next = (long) counter + stride; rounds < 40 && (int) next < upUnsigned; next += stride) {
            assertThat((int) next).isEqualTo(next).isBetween(0, limit - 1);
            assertThat(++rounds << bits).isLessThanOrEqualTo(gas);
        }
        rounds = 0;
        for (var next = (long) counter - stride; rounds < 40 && (int) next > downUnsigned; next -= stride) {
            assertThat((int) next).isEqualTo(next).isGreaterThan(limit).isNotNegative();
            assertThat(++rounds << bits).isLessThanOrEqualTo(gas);
        }
        if (counter <= Integer.MAX_VALUE - stride)
            assertThat(Math.min(up, upUnsigned)).isGreaterThan(counter);
        if (counter >= Integer.MIN_VALUE + stride)
            assertThat(Math.max(down, downUnsigned)).isLessThan(counter);
    }

    /// `i = -4; do … while ((i += 4) < 252)` without signs, as compilers write it.
    @Test
    void unsignedCountersMayBeginJustBelowZero() {
        assertThat(Bounds.upUnsigned(-4, 252, 4, 1L << 40, 6)).isEqualTo(252);
        assertThat(Bounds.upUnsigned(-8, 252, 4, 1L << 40, 6)).isEqualTo(-7);
    }
}
