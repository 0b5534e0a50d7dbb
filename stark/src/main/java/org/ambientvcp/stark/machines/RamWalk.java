package org.ambientvcp.stark.machines;

import java.util.List;
import org.ambientvcp.stark.proof.Words;

/// Fills the tables of [Ram], step by step.
final class RamWalk {
    private final int limbBits;
    private final int[][] accesses;
    private final int[][] memory;
    private final int[][] range;
    private final int[] values;
    private final int[] times;
    private int time = 1;
    private int previous;
    private int address;

    RamWalk(int limbBits, int logRows, int[] links, int start) {
        this.limbBits = limbBits;
        var logCells = Math.max(limbBits, 32 - Integer.numberOfLeadingZeros(links.length - 1));
        accesses = new int[10][1 << logRows];
        memory = new int[5 + 6][1 << logCells];
        range = RangeTable.empty(limbBits);
        values = links.clone();
        times = new int[links.length];
        address = start;
        for (var cell = 0; cell < links.length; cell++) {
            memory[Ram.USED][cell] = 1;
            memory[Ram.CELL][cell] = cell;
            memory[Ram.INITIAL_VALUE][cell] = links[cell];
        }
    }

    void step(boolean write) {
        var row = time - 1;
        var old = values[address];
        var gap = time - times[address] - 1;
        accesses[Ram.REAL][row] = 1;
        accesses[Ram.TIME][row] = time;
        accesses[Ram.PREVIOUS][row] = previous;
        accesses[Ram.ADDRESS][row] = address;
        accesses[Ram.OLD_VALUE][row] = old;
        accesses[Ram.OLD_TIME][row] = times[address];
        accesses[Ram.WRITE][row] = write ? 1 : 0;
        accesses[Ram.NEW_VALUE][row] = write ? previous : old;
        accesses[Ram.GAP_LOW][row] = gap & (1 << limbBits) - 1;
        accesses[Ram.GAP_HIGH][row] = gap >>> limbBits;
        RangeTable.ask(range, accesses[Ram.GAP_LOW][row]);
        RangeTable.ask(range, accesses[Ram.GAP_HIGH][row]);
        values[address] = accesses[Ram.NEW_VALUE][row];
        times[address] = time++;
        previous = address;
        address = old;
    }

    List<int[][]> tables() {
        System.arraycopy(values, 0, memory[Ram.FINAL_VALUE], 0, values.length);
        System.arraycopy(times, 0, memory[Ram.FINAL_TIME], 0, times.length);
        return List.of(accesses, memory, range);
    }

    Words publicValues(int start) {
        return Words.of(0, start, previous, address, time - 1);
    }
}
