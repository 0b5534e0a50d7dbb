package org.ambientvcp.stark.machines;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ambientvcp.stark.air.ChipBuilder;
import org.ambientvcp.stark.air.Expr;
import org.ambientvcp.stark.air.Expr.Cell;

/// A 32-bit word as 32 columns of bits, the lowest first, and what SHA-256 makes of it: sums over the 16 bits of a
/// limb.
record BitWord(List<Cell> bits) {
    private static final int SIZE = 32;

    static BitWord declare(ChipBuilder chip, String word) {
        return new BitWord(IntStream.range(0, SIZE)
                .mapToObj(bit -> chip.bit(word + " bit " + bit))
                .toList());
    }

    BitWord next() {
        return new BitWord(bits.stream().map(Cell::next).toList());
    }

    Expr limb(int limb) {
        return weighted(limb, bits::get);
    }

    Limbs limbs() {
        return new Limbs(List.of(limb(0), limb(1)), List.of(next().limb(0), next().limb(1)));
    }

    /// Σ0 and Σ1.
    Expr xorOfRotations(int limb, int first, int second, int third) {
        return weighted(limb, bit -> xor(rotated(bit, first), xor(rotated(bit, second), rotated(bit, third))));
    }

    /// σ0 and σ1.
    Expr xorOfRotationsAndShift(int limb, int first, int second, int shift) {
        return weighted(limb, bit -> {
            var rotations = xor(rotated(bit, first), rotated(bit, second));
            return bit + shift < SIZE ? xor(rotations, bits.get(bit + shift)) : rotations;
        });
    }

    /// Ch.
    static Expr choose(BitWord which, BitWord one, BitWord zero, int limb) {
        return weighted(
                limb,
                bit -> zero.bits
                        .get(bit)
                        .plus(which.bits.get(bit).times(one.bits.get(bit).minus(zero.bits.get(bit)))));
    }

    /// Maj: the sum of the products is 0, 1 or 3 where 0 to 1, 2 or 3 bits are set.
    static Expr majority(BitWord a, BitWord b, BitWord c, int limb) {
        return weighted(limb, bit -> {
            var ab = a.bits.get(bit).times(b.bits.get(bit));
            return ab.plus(c.bits.get(bit).times(xor(a.bits.get(bit), b.bits.get(bit))));
        });
    }

    private Expr rotated(int bit, int by) {
        return bits.get((bit + by) % SIZE);
    }

    private static Expr xor(Expr a, Expr b) {
        return a.plus(b).minus(a.times(b).times(2));
    }

    private static Expr weighted(int limb, IntFunction<Expr> bit) {
        return Expr.sum(IntStream.range(0, Limbs.BITS)
                .mapToObj(i -> bit.apply(limb * Limbs.BITS + i).times(1L << i))
                .toList());
    }
}
