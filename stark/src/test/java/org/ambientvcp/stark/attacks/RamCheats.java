package org.ambientvcp.stark.attacks;

import static org.ambientvcp.stark.machines.Ram.ACCESSES;
import static org.ambientvcp.stark.machines.Ram.MEMORY;

import java.util.List;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.attacks.Weakening.WithoutBus;
import org.ambientvcp.stark.attacks.Weakening.WithoutConstraint;
import org.ambientvcp.stark.attacks.Weakening.WithoutEntry;
import org.ambientvcp.stark.attacks.Weakening.WithoutInteraction;
import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.machines.Ram;

/// One attack for each part of [Ram].
final class RamCheats {
    static final int LIMB_BITS = 12;

    private static final int LOG_ROWS = 12;

    private RamCheats() {}

    static Execution honest() {
        return Ram.run(LIMB_BITS, LOG_ROWS, new int[] {1, 2, 3, 0}, 0, false, true, true, false, true, true);
    }

    static List<Cheat> all() {
        var short_ = access(1, 0, 0, 1, 0, 0, 1, 0, 0);
        return List.of(
                new Cheat(new WithoutConstraint(ACCESSES, "real is a bit"), takenBack()),
                new Cheat(new WithoutConstraint(ACCESSES, "the last row is padding"), withoutPadding()),
                new Cheat(new WithoutConstraint(ACCESSES, "write is a bit"), halfWritten(Field.divide(1, 2))),
                new Cheat(
                        new WithoutConstraint(
                                ACCESSES, "the new value is the previous cell on a write and the old value on a read"),
                        halfWritten(0)),
                new Cheat(
                        new WithoutConstraint(ACCESSES, "the access is later than the last one to the cell"),
                        fromTheFuture(0, 0)),
                unchecked("gap low", fromTheFuture(-3, 0)),
                unchecked("gap high", fromTheFuture(0, Field.divide(-3, 1 << LIMB_BITS))),
                new Cheat(new WithoutBus("range"), fromTheFuture(-3, 0)),
                new Cheat(
                        new WithoutEntry("range", 0),
                        Forgery.of(fromTheFuture(-3, 0)).ask(0, 1).claiming(0, 0, 0, 2, 3)),
                new Cheat(new WithoutBus("state"), Forgery.of(honest()).claiming(1, 2, 3, 0, 9)),
                new Cheat(
                        new WithoutEntry("state", 0),
                        forge(cells(cell(0, 1, 1, 1)), short_).claiming(0, 0, 0, 1, 8)),
                new Cheat(new WithoutEntry("state", 1), forgottenOrigin()),
                new Cheat(
                        new WithoutEntry("state", 2),
                        forge(
                                        cells(cell(0, 1, 1, 1), cell(1, 5, 5, 0), cell(2, 6, 6, 2)),
                                        short_,
                                        access(2, 0, 2, 6, 0, 0, 6, 1, 0))
                                .claiming(0, 0, 2, 6, 2)),
                new Cheat(
                        new WithoutBus("memory"),
                        forge(cells(cell(0, 1, 1, 0)), access(1, 0, 0, 9, 0, 0, 9, 0, 0))
                                .claiming(0, 0, 0, 9, 1)),
                new Cheat(
                        new WithoutEntry("memory", 0),
                        forge(cells(cell(0, 2, 2, 0), cell(1, 3, 3, 1)), access(1, 0, 0, 3, 0, 0, 3, 0, 0))
                                .claiming(0, 0, 0, 3, 1)),
                new Cheat(
                        new WithoutEntry("memory", 1),
                        forge(cells(cell(0, 1, 9, 1)), access(1, 0, 0, 9, 0, 0, 9, 0, 0))
                                .claiming(0, 0, 0, 9, 1)),
                new Cheat(new WithoutEntry("memory", 2), withoutTimes()),
                new Cheat(
                        new WithoutConstraint(MEMORY, "used is a bit"),
                        Forgery.of(forge(cells(cell(0, 1, 1, 1), cell(1, 5, 5, 0)), short_)
                                        .claiming(0, 0, 0, 1, 1))
                                .set(MEMORY, "used", 1, 2)
                                .claiming(0, 0, 0, 1, 1)),
                new Cheat(
                        new WithoutConstraint(MEMORY, "the first cell is 0"),
                        forge(cells(cell(5, 6, 6, 1)), access(1, 0, 5, 6, 0, 0, 6, 0, 0))
                                .claiming(0, 5, 5, 6, 1)),
                new Cheat(
                        new WithoutConstraint(MEMORY, "cells are without gaps"), twoCells(new long[] {0, -1, 0, 0, 0})),
                new Cheat(new WithoutConstraint(MEMORY, "each cell is the one after the last"), twoCells()));
    }

    /// Takes one step and goes back by a row that counts -1 times: after no steps it came from elsewhere.
    private static Execution takenBack() {
        var back = access(1, 9, 0, 1, 0, 0, 1, 0, 0);
        back[0] = -1;
        return forge(cells(cell(0, 1, 1, 0)), access(1, 0, 0, 1, 0, 0, 1, 0, 0), back)
                .claiming(0, 0, 9, 0, 0);
    }

    /// Every row takes a step, and the cells of the last are the mask; that of the memory takes it back.
    private static Execution withoutPadding() {
        var rows = new long[1 << LOG_ROWS][];
        for (var i = 0; i < rows.length; i++) rows[i] = access(i + 1, 0, 0, 0, i, 0, 0, 0, 0);
        var forgery = forge(cells(cell(0, 0, 0, rows.length)), rows);
        var mask = List.of("previous", "address", "old value", "new value", "gap low", "gap high");
        for (var i = 0; i < ChipDef.MASK_COLUMNS; i++)
            forgery.set(
                    MEMORY, "mask " + i, (1 << LIMB_BITS) - 1, -forgery.get(ACCESSES, mask.get(i), rows.length - 1));
        return forgery.claiming(0, 0, 0, 0, rows.length);
    }

    /// Cell 0 holds 1, it came from 3, and it writes 2: half of the way.
    private static Execution halfWritten(int write) {
        return forge(
                        cells(cell(0, 1, 2, 3), cell(1, 0, 0, 2)),
                        access(1, 3, 0, 1, 0, write, 2, 0, 0),
                        access(2, 0, 1, 0, 0, 0, 0, 1, 0),
                        access(3, 1, 0, 2, 1, 0, 2, 1, 0))
                .claiming(3, 0, 0, 2, 3);
    }

    /// At time 1 it reads from cell 0 what it writes there at time 3.
    private static Execution fromTheFuture(long gapLow, long gapHigh) {
        return forge(
                        cells(cell(0, 2, 1, 1), cell(1, 0, 0, 2)),
                        access(1, 0, 0, 1, 3, 0, 1, gapLow, gapHigh),
                        access(2, 0, 1, 0, 0, 0, 0, 1, 0),
                        access(3, 1, 0, 2, 0, 1, 1, 2, 0))
                .claiming(0, 0, 0, 2, 3);
    }

    /// As [#fromTheFuture], and it says that the value is from time 0.
    private static Execution withoutTimes() {
        return forge(
                        cells(cell(0, 2, 1, 1), cell(1, 0, 0, 2)),
                        access(1, 0, 0, 1, 0, 0, 1, 0, 0),
                        access(2, 0, 1, 0, 0, 0, 0, 1, 0),
                        access(3, 1, 0, 2, 0, 1, 1, 2, 0))
                .claiming(0, 0, 0, 2, 3);
    }

    /// It was at 0 and writes that it came from 3.
    private static Execution forgottenOrigin() {
        return forge(
                        cells(cell(0, 1, 1, 1), cell(1, 5, 3, 2)),
                        access(1, 0, 0, 1, 0, 0, 1, 0, 0),
                        access(2, 3, 1, 5, 0, 1, 3, 1, 0))
                .claiming(0, 0, 1, 5, 2);
    }

    /// Cell 0 is there twice, with the values 0 and 2.
    private static Execution twoCells(long[]... between) {
        var cells = new long[2 + between.length][];
        cells[0] = cell(0, 0, 0, 1);
        System.arraycopy(between, 0, cells, 1, between.length);
        cells[cells.length - 1] = cell(0, 2, 2, 2);
        return forge(cells, access(1, 0, 0, 0, 0, 0, 0, 0, 0), access(2, 0, 0, 2, 0, 0, 2, 1, 0))
                .claiming(0, 0, 0, 2, 2);
    }

    private static Cheat unchecked(String column, Execution forged) {
        return new Cheat(
                new WithoutInteraction(ACCESSES, column + " is below " + (1 << LIMB_BITS)),
                Forgery.of(forged).withoutCheck(ACCESSES, column).claimingTheSame());
    }

    private static long[] access(
            long time,
            long previous,
            long address,
            long oldValue,
            long oldTime,
            long write,
            long newValue,
            long gapLow,
            long gapHigh) {
        return new long[] {1, time, previous, address, oldValue, oldTime, write, newValue, gapLow, gapHigh};
    }

    private static long[] cell(long address, long initialValue, long finalValue, long finalTime) {
        return new long[] {1, address, initialValue, finalValue, finalTime};
    }

    private static long[][] cells(long[]... cells) {
        return cells;
    }

    private static Forgery forge(long[][] cells, long[]... accesses) {
        var forgery = Forgery.of(Ram.run(LIMB_BITS, LOG_ROWS, new int[] {0}, 0));
        for (var i = 0; i < cells.length; i++) forgery.row(MEMORY, i, cells[i]);
        for (var i = 0; i < accesses.length; i++) {
            forgery.row(ACCESSES, i, accesses[i]);
            forgery.ask(accesses[i][8], accesses[i][0]).ask(accesses[i][9], accesses[i][0]);
        }
        return forgery;
    }
}
