package org.ambientvcp.stark.machines;

import org.ambientvcp.stark.air.Bus;
import org.ambientvcp.stark.air.ChipBuilder;
import org.ambientvcp.stark.air.ChipDef;

/// The table that answers range checks: all numbers below a power of two, each as often as it is asked for.
///
/// | column       | holds                                    |
/// |--------------|------------------------------------------|
/// | number       | 0, 1, 2, … (preprocessed)                |
/// | times        | how often other tables ask for the number |
final class RangeTable {
    static final String CHIP = "range table";

    private RangeTable() {}

    static Bus bus(int bits) {
        return Bus.range("range", 1L << bits);
    }

    static ChipDef chip(int bits) {
        var chip = ChipBuilder.named(CHIP);
        var numbers = new int[1 << bits];
        for (var i = 0; i < numbers.length; i++) numbers[i] = i;
        var number = chip.preprocessed("number", numbers);
        var times = chip.field("times");
        chip.everyRowReal();
        chip.receiveTimes("the number is asked for", times, bus(bits), number);
        chip.maskedByOwnColumns();
        return chip.build();
    }

    /// The table's columns when nobody asks.
    static int[][] empty(int bits) {
        return new int[1 + ChipDef.MASK_COLUMNS][1 << bits];
    }

    /// Counts one question.
    static void ask(int[][] table, int number) {
        table[0][number]++;
    }
}
