package org.ambientvcp.wasm.tensor;

import java.util.Arrays;
import org.ambientvcp.wasm.machine.MemoryAccess;

/// i8 operands and i32 results. The sums of a block are exact; they are added to the results modulo 2^32.
final class ByteCells implements Cells {
    private final byte[] memory;
    private final boolean adds;

    /// @param adds whether the sums begin with what is in memory, or with zero
    ByteCells(byte[] memory, boolean adds) {
        this.memory = memory;
        this.adds = adds;
    }

    @Override
    public int operandBytes() {
        return Byte.BYTES;
    }

    @Override
    public void readOperand(int address, int step, float[] row, int at, int count) {
        if (step == 1) for (var i = 0; i < count; i++) row[at + i] = memory[address + i];
        else for (var i = 0; i < count; i++) row[at + i] = memory[address + i * step];
    }

    @Override
    public void begin(float[] sums, int address, int count, boolean isFirst) {
        Arrays.fill(sums, 0, count, 0);
    }

    @Override
    public void end(float[] sums, int address, int count, boolean isFirst, boolean isLast) {
        var overwrites = isFirst && !adds;
        for (var i = 0; i < count; i++) {
            var at = address + i * Integer.BYTES;
            var before = overwrites ? 0 : (int) MemoryAccess.INT.get(memory, at);
            MemoryAccess.INT.set(memory, at, before + (int) sums[i]);
        }
    }
}
