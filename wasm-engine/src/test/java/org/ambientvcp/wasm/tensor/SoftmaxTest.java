package org.ambientvcp.wasm.tensor;

import static org.ambientvcp.wasm.tensor.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import org.ambientvcp.wasm.machine.MemoryAccess;
import org.junit.jupiter.api.Test;

class SoftmaxTest {
    private static final int UNIT = 1 << Softmax.PLACES;
    /// Half a unit, and 2^-10 of one.
    private static final BigDecimal BOUND = new BigDecimal("0.5009765625");

    private static final class Row {
        private final int[] values;
        private final int places;

        Row(int[] values, int places) {
            this.values = values;
            this.places = places;
        }

        @Override
        public String toString() {
            return Arrays.toString(values) + " with " + places + " places";
        }
    }

    @Test
    void isWrongByHalfAUnitAtMost() {
        forAll(
                1_500,
                random -> {
                    var values = new int[1 + random.nextInt(random.nextInt(10) == 0 ? 100 : 12)];
                    var spread = 32 - random.nextInt(32);
                    for (var i = 0; i < values.length; i++) values[i] = random.nextInt() >> (32 - spread);
                    return new Row(values, random.nextInt(32));
                },
                SoftmaxTest::check);
    }

    @Test
    void extremesAreFarApart() {
        check(new Row(new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}, 0));
        check(new Row(new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}, 31));
        check(new Row(new int[] {Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE}, 31));
    }

    /// The sum does not fit into 64 bits from two elements on; here it has 79.
    @Test
    void sharesOfManyAreEqual() {
        var columns = 100_000;
        var memory = new byte[4 * columns];

        Calls.call(Kernels.FASTEST, "softmax_i32", memory, 0, 0, 1, columns, 16);

        for (var i = 0; i < columns; i++)
            assertThat((int) MemoryAccess.INT.get(memory, 4 * i)).isEqualTo(Math.round((float) UNIT / columns));
    }

    @Test
    void rowsAreIndependent() {
        var memory = new byte[48];
        MemoryAccess.INT.set(memory, 4, 3);
        MemoryAccess.INT.set(memory, 16, 500);

        Calls.call(Kernels.FASTEST, "softmax_i32", memory, 0, 24, 3, 2, 1);

        var low = (int) MemoryAccess.INT.get(memory, 24);
        assertThat(low).isBetween((int) (0.1824 * UNIT), (int) (0.1825 * UNIT));
        assertThat((int) MemoryAccess.INT.get(memory, 28)).isEqualTo(UNIT - low);
        assertThat((int) MemoryAccess.INT.get(memory, 32)).isEqualTo(UNIT / 2);
        assertThat((int) MemoryAccess.INT.get(memory, 36)).isEqualTo(UNIT / 2);
        assertThat((int) MemoryAccess.INT.get(memory, 40)).isEqualTo(UNIT);
        assertThat((int) MemoryAccess.INT.get(memory, 44)).isZero();
    }

    private static void check(Row row) {
        var length = 4 * row.values.length;
        var memory = new byte[2 * length];
        for (var i = 0; i < row.values.length; i++) MemoryAccess.INT.set(memory, 4 * i, row.values[i]);

        Calls.call(Kernels.FASTEST, "softmax_i32", memory, 0, length, 1, row.values.length, row.places);
        Calls.call(Kernels.FASTEST, "softmax_i32", memory, 0, 0, 1, row.values.length, row.places);

        long largest = Arrays.stream(row.values).max().orElseThrow();
        var powers = Arrays.stream(row.values)
                .mapToObj(value -> ExponentialTest.ofMinus(largest - value, row.places))
                .toList();
        var sum = powers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        for (var i = 0; i < row.values.length; i++) {
            var share = (int) MemoryAccess.INT.get(memory, length + 4 * i);
            var exact = powers.get(i).multiply(new BigDecimal(UNIT)).divide(sum, ExponentialTest.PRECISION);
            assertThat(exact.subtract(new BigDecimal(share)).abs()).isLessThanOrEqualTo(BOUND);
            assertThat((int) MemoryAccess.INT.get(memory, 4 * i)).as("in place").isEqualTo(share);
        }
    }
}
