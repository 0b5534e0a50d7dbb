package org.ambientvcp.stark.machines;

import java.util.List;
import org.ambientvcp.stark.air.Boundary;
import org.ambientvcp.stark.air.Bus;
import org.ambientvcp.stark.air.ChipBuilder;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.air.Constraint.Scope;
import org.ambientvcp.stark.air.Expr;
import org.ambientvcp.stark.air.Machine;

/// Walks through a linked list in a secret memory and turns around the links it chooses to: at each step it reads the
/// link of the
/// cell it is at, leaves it or writes over it where it came from, and follows what it read.
///
/// The memory is checked offline (Blum, Evans, Gemmell, Kannan and Naor, 1991). An access takes the cell's last message
/// (address, value, time) off the bus `memory` and puts a later one on it; the memory's table puts each cell's
/// initial message on the bus and takes the final one off. If the bus is empty at the end and each access is later than
/// the one it follows, then every read gave what was written last.
///
/// Accesses:
///
/// | column              | holds                                                        |
/// |---------------------|--------------------------------------------------------------|
/// | real                | 1 on rows that take a step, 0 on padding                     |
/// | time                | of the access, from 1                                        |
/// | previous            | the cell it came from                                        |
/// | address             | the cell it is at                                            |
/// | old value, old time | the last message of the cell                                 |
/// | write               | 1 if the link is turned around, 0 if it is left              |
/// | new value           | the link from now on                                         |
/// | gap low, gap high   | limbs of what lies between both times; not negative          |
///
/// Memory:
///
/// | column                  | holds                                        |
/// |-------------------------|----------------------------------------------|
/// | used                    | 1 on rows with a cell, then 0                |
/// | address                 | 0, 1, 2, …: no cell is there twice           |
/// | initial value           | link before the first step, at time 0        |
/// | final value, final time | the last message                             |
public final class Ram {
    public static final String ACCESSES = "accesses";
    public static final String MEMORY = "memory";

    /// Two limbs hold any gap, and every profile proves a range table of as many rows.
    public static final int LIMB_BITS = 13;

    static final int REAL = 0;
    static final int TIME = 1;
    static final int PREVIOUS = 2;
    static final int ADDRESS = 3;
    static final int OLD_VALUE = 4;
    static final int OLD_TIME = 5;
    static final int WRITE = 6;
    static final int NEW_VALUE = 7;
    static final int GAP_LOW = 8;
    static final int GAP_HIGH = 9;

    static final int USED = 0;
    static final int CELL = 1;
    static final int INITIAL_VALUE = 2;
    static final int FINAL_VALUE = 3;
    static final int FINAL_TIME = 4;

    private static final Bus STATE = Bus.of("state", 3);
    private static final Bus MEMORY_BUS = Bus.of("memory", 3);
    private static final Expr ZERO = Expr.constant(0);
    private static final long MOST_TIME = 1L << 21;

    private Ram() {}

    /// Public values: the cell it came from and the one it is at, before and after all steps, and the number of steps.
    ///
    /// @param limbBits 12–14, the range table has `2^limbBits` rows, and the memory at least as many
    public static Machine machine(int limbBits) {
        return new Machine(
                "ram",
                List.of(STATE, MEMORY_BUS, RangeTable.bus(limbBits)),
                List.of(accesses(limbBits), memory(), RangeTable.chip(limbBits)),
                5,
                List.of(
                        new Boundary(
                                "the walk starts where it is public",
                                STATE,
                                Expr.constant(1),
                                List.of(Expr.constant(1), Expr.publicValue(0), Expr.publicValue(1))),
                        new Boundary(
                                "the walk ends where it is public",
                                STATE,
                                Expr.constant(-1),
                                List.of(Expr.publicValue(4).plus(1), Expr.publicValue(2), Expr.publicValue(3)))));
    }

    private static ChipDef accesses(int limbBits) {
        var range = RangeTable.bus(limbBits);
        var chip = ChipBuilder.named(ACCESSES);
        var real = chip.realFlag("real");
        var time = chip.known("time", 1, MOST_TIME, "bus state: it starts at 1 and grows by 1 a row");
        var previous = chip.field("previous");
        var address = chip.field("address");
        var oldValue = chip.field("old value");
        var oldTime = chip.known("old time", 0, MOST_TIME, "bus memory: the time of an access, or 0");
        var write = chip.bit("write");
        var newValue = chip.field("new value");
        var gapLow = chip.checked("gap low", range);
        var gapHigh = chip.checked("gap high", range);
        chip.inField(
                Scope.EVERY_ROW,
                "the new value is the previous cell on a write and the old value on a read",
                real.times(newValue.minus(oldValue).minus(write.times(previous.minus(oldValue)))));
        chip.always(
                "the access is later than the last one to the cell",
                real.times(time.minus(oldTime).minus(1).minus(gapLow).minus(gapHigh.times(1L << limbBits))));
        chip.receive("the position is taken", STATE, time, previous, address);
        chip.send("the next position is given", STATE, time.plus(1), address, oldValue);
        chip.receive("the cell's last message is taken", MEMORY_BUS, address, oldValue, oldTime);
        chip.send("the cell's new message is given", MEMORY_BUS, address, newValue, time);
        chip.maskedBy(previous, address, oldValue, newValue, gapLow, gapHigh);
        return chip.build();
    }

    private static ChipDef memory() {
        var chip = ChipBuilder.named(MEMORY);
        var used = chip.realFlag("used");
        var address = chip.field("address");
        var initialValue = chip.field("initial value");
        var finalValue = chip.field("final value");
        var finalTime = chip.field("final time");
        chip.first("the first cell is 0", used.times(address));
        chip.transition("cells are without gaps", used.next().times(used.not()));
        chip.inField(
                Scope.TRANSITION,
                "each cell is the one after the last",
                used.next().times(address.next().minus(address).minus(1)));
        chip.send("the initial message is given", MEMORY_BUS, address, initialValue, ZERO);
        chip.receive("the final message is taken", MEMORY_BUS, address, finalValue, finalTime);
        chip.maskedByOwnColumns();
        return chip.build();
    }

    /// Walks from a cell.
    ///
    /// @param limbBits as of [#machine]
    /// @param logRows binary logarithm of the rows of the accesses
    /// @param links what each cell holds at first: a cell
    /// @param start the first cell
    /// @param writes for each step whether the link is turned around; fewer steps than rows
    public static Execution run(int limbBits, int logRows, int[] links, int start, boolean... writes) {
        if (writes.length >= 1 << logRows)
            throw new IllegalArgumentException("steps are not fewer than 2^" + logRows + ": " + writes.length);
        var walk = new RamWalk(limbBits, logRows, links, start);
        for (var write : writes) walk.step(write);
        return new Execution(machine(limbBits), walk.tables(), walk.publicValues(start));
    }
}
