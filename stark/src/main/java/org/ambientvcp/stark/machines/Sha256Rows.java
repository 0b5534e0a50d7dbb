package org.ambientvcp.stark.machines;

import java.math.BigInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// What the preprocessed columns of [Sha256] hold.
///
/// @param logRows binary logarithm of the rows
record Sha256Rows(int logRows) {
    private static final int[] INITIAL = fractions(8, 2);
    private static final int[] CONSTANTS = fractions(Sha256.ROUNDS, 3);

    /// 1 on rows of a round.
    int[] rounds() {
        return column(row -> inBlock(row) && row % Sha256.PERIOD < Sha256.ROUNDS ? 1 : 0);
    }

    /// 1 on the last row of each block.
    int[] ends() {
        return column(row -> inBlock(row) && row % Sha256.PERIOD == Sha256.ROUNDS ? 1 : 0);
    }

    /// 1 on the row after the last block.
    int[] outputs() {
        return column(row -> row == outputRow() ? 1 : 0);
    }

    int[] constants(int limb) {
        return column(row -> constant(row, limb));
    }

    static int constant(int row, int limb) {
        var inBlock = row % Sha256.PERIOD;
        return inBlock < Sha256.ROUNDS ? (CONSTANTS[inBlock] >>> (limb * Limbs.BITS)) & 0xffff : 0;
    }

    static int initial(int word, int limb) {
        return (INITIAL[word] >>> (limb * Limbs.BITS)) & 0xffff;
    }

    int outputRow() {
        return Sha256.blocks(logRows) * Sha256.PERIOD;
    }

    private boolean inBlock(int row) {
        return row < outputRow();
    }

    private int[] column(IntUnaryOperator cell) {
        return IntStream.range(0, 1 << logRows).map(cell).toArray();
    }

    /// The first 32 bits of the fractions of the square or cube roots of the first primes: FIPS 180-4, 4.2.2 and 5.3.3.
    private static int[] fractions(int count, int root) {
        return IntStream.iterate(2, number -> number + 1)
                .filter(number -> BigInteger.valueOf(number).isProbablePrime(32))
                .limit(count)
                .map(prime -> fraction(prime, root))
                .toArray();
    }

    private static int fraction(int prime, int root) {
        var scaled = BigInteger.valueOf(prime).shiftLeft(32 * root);
        var low = BigInteger.ZERO;
        var high = BigInteger.ONE.shiftLeft(40);
        while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
            var middle = low.add(high).shiftRight(1);
            if (middle.pow(root).compareTo(scaled) <= 0) low = middle;
            else high = middle;
        }
        return low.intValue();
    }
}
