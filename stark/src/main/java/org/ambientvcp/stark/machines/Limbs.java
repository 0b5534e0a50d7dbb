package org.ambientvcp.stark.machines;

import java.util.List;
import org.ambientvcp.stark.air.ChipBuilder;
import org.ambientvcp.stark.air.Expr;
import org.ambientvcp.stark.air.Expr.Cell;

/// A 32-bit word as two limbs of 16 bits, on a row and on the next one.
///
/// @param here low and high limb
/// @param below the same on the next row; empty if they are not read there
record Limbs(List<Expr> here, List<Expr> below) {
    static final int BITS = 16;
    static final List<String> NAMES = List.of("low", "high");

    /// Two columns.
    static Limbs declare(ChipBuilder chip, String word) {
        var most = (1L << BITS) - 1;
        var low = chip.known(word + " low", 0, most, "it becomes a word in bits, or comes from one");
        var high = chip.known(word + " high", 0, most, "it becomes a word in bits, or comes from one");
        return of(low, high);
    }

    private static Limbs of(Cell low, Cell high) {
        return new Limbs(List.of(low, high), List.of(low.next(), high.next()));
    }

    /// @param limb 0 for the lower, 1 for the upper
    Expr limb(int limb) {
        return here.get(limb);
    }

    Limbs next() {
        return new Limbs(below, List.of());
    }
}
