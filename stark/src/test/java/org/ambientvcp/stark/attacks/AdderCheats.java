package org.ambientvcp.stark.attacks;

import static org.ambientvcp.stark.machines.Adder.CHIP;

import java.util.List;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.attacks.Weakening.WithoutBus;
import org.ambientvcp.stark.attacks.Weakening.WithoutConstraint;
import org.ambientvcp.stark.attacks.Weakening.WithoutEntry;
import org.ambientvcp.stark.attacks.Weakening.WithoutInteraction;
import org.ambientvcp.stark.machines.Adder;
import org.ambientvcp.stark.machines.Execution;

/// One attack for each part of [Adder].
final class AdderCheats {
    /// With limbs of 14 bits and fewer the other checks make forging the carry impossible: 1/2^14 mod p is too large.
    static final int LIMB_BITS = 15;

    private static final int LOG_ROWS = 12;
    private static final int MOST = (1 << LIMB_BITS) - 1;

    private AdderCheats() {}

    static Execution honest() {
        return Adder.run(LIMB_BITS, LOG_ROWS, 7, 100_000, 1 << 29, 1 << 29, 3);
    }

    static List<Cheat> all() {
        return List.of(
                new Cheat(new WithoutConstraint(CHIP, "real is a bit"), takenBack()),
                new Cheat(new WithoutConstraint(CHIP, "the last row is padding"), withoutPadding()),
                new Cheat(new WithoutConstraint(CHIP, "the carry of the lower limbs is 0 to 1"), carryOfAFraction()),
                new Cheat(
                        new WithoutConstraint(CHIP, "the carry that is lost is 0 to 1"),
                        forge(row(0, 0, 0, 0, 5, 0, 6)).claiming(1, 0, 6)),
                unchecked(
                        "number low",
                        forge(row(0, 0, 0, 5, 0, 5, 0), row(1, 5, 0, -1, 0, 4, 0))
                                .claiming(2, 4, 0)),
                unchecked(
                        "number high",
                        forge(row(0, 0, 0, 0, 5, 0, 5), row(1, 0, 5, 0, -1, 0, 4))
                                .claiming(2, 0, 4)),
                unchecked("next low", uncarried()),
                unchecked(
                        "next high",
                        forge(row(0, 0, 0, 0, MOST, 0, MOST), row(1, 0, MOST, 0, MOST, 0, 2 * MOST))
                                .claiming(2, 0, 2 * MOST)),
                new Cheat(new WithoutBus("range"), uncarried()),
                new Cheat(
                        new WithoutEntry("range", 0),
                        Forgery.of(uncarried()).ask(0, 1).claiming(2, 2 * MOST, 0)),
                new Cheat(new WithoutBus("state"), Forgery.of(honest()).claiming(5, 1, 1)),
                new Cheat(
                        new WithoutEntry("state", 0),
                        forge(row(0, 0, 0, 5, 0, 5, 0)).claiming(9, 5, 0)),
                new Cheat(
                        new WithoutEntry("state", 1),
                        forge(row(0, 0, 0, 5, 0, 5, 0), row(1, 30, 0, 5, 0, 35, 0))
                                .claiming(2, 77, 0)),
                new Cheat(
                        new WithoutEntry("state", 2),
                        forge(row(0, 0, 0, 5, 0, 5, 0), row(1, 5, 30, 0, 5, 5, 35))
                                .claiming(2, 5, 77)));
    }

    /// Adds 7, and goes back by a row that counts -1 times: the sum of no numbers is 4.
    private static Execution takenBack() {
        var back = row(0, 4, 0, 3, 0, 7, 0);
        back[0] = -1;
        return forge(row(0, 0, 0, 7, 0, 7, 0), back).claiming(0, 4, 0);
    }

    /// Every row adds, and the limbs of the last are the mask of the bus sum; that of the range table takes it back.
    private static Execution withoutPadding() {
        var rows = new long[1 << LOG_ROWS][];
        for (var i = 0; i < rows.length; i++) rows[i] = row(i, i & MOST, i >> LIMB_BITS, 1, 0, i + 1, 0);
        var forgery = forge(rows);
        var mask = List.of("sum low", "sum high", "number low", "number high", "next low", "next high");
        for (var i = 0; i < ChipDef.MASK_COLUMNS; i++)
            forgery.set(Forgery.RANGE_TABLE, "mask " + i, MOST, -forgery.get(CHIP, mask.get(i), rows.length - 1));
        return forgery.claiming(rows.length, rows.length, 0);
    }

    /// The lower limbs are one too few, and the carry that makes up for it is 1/2^15 mod p = -61440.
    private static Execution carryOfAFraction() {
        return forge(row(0, 0, 0, 0, MOST, 0, MOST), row(1, 0, MOST, 1, MOST, 0, 2 * MOST - 61_440))
                .claiming(2, 0, 2 * MOST - 61_440);
    }

    /// The lower limb keeps what should be carried.
    private static Execution uncarried() {
        return forge(row(0, 0, 0, MOST, 0, MOST, 0), row(1, MOST, 0, MOST, 0, 2 * MOST, 0))
                .claiming(2, 2 * MOST, 0);
    }

    private static Cheat unchecked(String column, Execution forged) {
        return new Cheat(
                new WithoutInteraction(CHIP, column + " is below " + (MOST + 1)),
                Forgery.of(forged).withoutCheck(CHIP, column).claimingTheSame());
    }

    private static long[] row(
            long time, long sumLow, long sumHigh, long numberLow, long numberHigh, long nextLow, long nextHigh) {
        return new long[] {1, time, sumLow, sumHigh, numberLow, numberHigh, nextLow, nextHigh};
    }

    private static Forgery forge(long[]... rows) {
        var forgery = Forgery.of(Adder.run(LIMB_BITS, LOG_ROWS));
        for (var i = 0; i < rows.length; i++) {
            forgery.row(CHIP, i, rows[i]);
            for (var limb = 4; limb < 8; limb++) forgery.ask(rows[i][limb], rows[i][0]);
        }
        return forgery;
    }
}
