package org.ambientvcp.stark.machines;

import java.util.List;
import org.ambientvcp.stark.air.Boundary;
import org.ambientvcp.stark.air.Bus;
import org.ambientvcp.stark.air.ChipBuilder;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.air.Expr;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.proof.Words;

/// Adds secret numbers up, modulo a power of two, and publishes how many they are and their sum: a meter that does not
/// show its
/// readings.
///
/// A number is two limbs. Each row takes the sum so far off the bus `state`, puts the next one on it, and has
/// its limbs looked up in a table of another height.
///
/// | column                | holds                                   |
/// |-----------------------|-----------------------------------------|
/// | real                  | 1 on rows that add, 0 on padding        |
/// | time                  | how many numbers were added before      |
/// | sum low, sum high     | of the numbers before                   |
/// | number low, number high | the secret number                     |
/// | next low, next high   | the sum with it                         |
public final class Adder {
    public static final String CHIP = "adder";

    /// Limbs of 16 bits: numbers as a 32-bit machine adds them.
    public static final int LIMB_BITS = 16;

    static final int REAL = 0;
    static final int TIME = 1;
    static final int SUM_LOW = 2;
    static final int SUM_HIGH = 3;
    static final int NUMBER_LOW = 4;
    static final int NUMBER_HIGH = 5;
    static final int NEXT_LOW = 6;
    static final int NEXT_HIGH = 7;

    private static final Bus STATE = Bus.of("state", 3);
    private static final int LOG_MOST_ROWS = 20;

    private Adder() {}

    /// Public values: the count of numbers, the sum's lower and its upper limb.
    ///
    /// @param limbBits 12–16, the range table has `2^limbBits` rows
    public static Machine machine(int limbBits) {
        return new Machine(
                "adder",
                List.of(STATE, RangeTable.bus(limbBits)),
                List.of(adder(limbBits), RangeTable.chip(limbBits)),
                3,
                List.of(
                        new Boundary("the sum of no numbers is 0", STATE, Expr.constant(1), List.of(ZERO, ZERO, ZERO)),
                        new Boundary(
                                "the sum of all numbers is public",
                                STATE,
                                Expr.constant(-1),
                                List.of(Expr.publicValue(0), Expr.publicValue(1), Expr.publicValue(2)))));
    }

    private static final Expr ZERO = Expr.constant(0);

    private static ChipDef adder(int limbBits) {
        var range = RangeTable.bus(limbBits);
        var most = (1L << limbBits) - 1;
        var chip = ChipBuilder.named(CHIP);
        var real = chip.realFlag("real");
        var time = chip.known("time", 0, 1L << LOG_MOST_ROWS, "bus state: it starts at 0 and grows by 1 a row");
        var sumLow = chip.known("sum low", 0, most, "bus state: checked as next low, or 0");
        var sumHigh = chip.known("sum high", 0, most, "bus state: checked as next high, or 0");
        var numberLow = chip.checked("number low", range);
        var numberHigh = chip.checked("number high", range);
        var nextLow = chip.checked("next low", range);
        var nextHigh = chip.checked("next high", range);
        var carry = chip.carry(
                "the carry of the lower limbs",
                real,
                sumLow.plus(numberLow).minus(nextLow).shiftRight(limbBits));
        chip.carry(
                "the carry that is lost",
                real,
                sumHigh.plus(numberHigh).plus(carry).minus(nextHigh).shiftRight(limbBits));
        chip.receive("the sum so far is taken", STATE, time, sumLow, sumHigh);
        chip.send("the next sum is given", STATE, time.plus(1), nextLow, nextHigh);
        chip.maskedBy(sumLow, sumHigh, numberLow, numberHigh, nextLow, nextHigh);
        return chip.build();
    }

    /// Adds numbers, of which the lower `2·limbBits` bits count.
    ///
    /// @param logRows binary logarithm of the rows, of which the last ones are padding
    /// @param numbers fewer than rows
    public static Execution run(int limbBits, int logRows, int... numbers) {
        if (numbers.length >= 1 << logRows)
            throw new IllegalArgumentException("numbers are not fewer than 2^" + logRows + ": " + numbers.length);
        var adder = new int[8][1 << logRows];
        var range = RangeTable.empty(limbBits);
        var mask = (1 << limbBits) - 1;
        var sum = 0;
        for (var row = 0; row < numbers.length; row++) {
            var next = sum + numbers[row];
            adder[REAL][row] = 1;
            adder[TIME][row] = row;
            adder[SUM_LOW][row] = sum & mask;
            adder[SUM_HIGH][row] = sum >>> limbBits & mask;
            adder[NUMBER_LOW][row] = numbers[row] & mask;
            adder[NUMBER_HIGH][row] = numbers[row] >>> limbBits & mask;
            adder[NEXT_LOW][row] = next & mask;
            adder[NEXT_HIGH][row] = next >>> limbBits & mask;
            for (var column = NUMBER_LOW; column <= NEXT_HIGH; column++) RangeTable.ask(range, adder[column][row]);
            sum = next;
        }
        return new Execution(
                machine(limbBits),
                List.of(adder, range),
                Words.of(numbers.length, sum & mask, sum >>> limbBits & mask));
    }
}
