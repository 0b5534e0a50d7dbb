package org.ambientvcp.wasm.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.ambientvcp.wasm.machine.MemoryAccess;

/// f32 operands and results. Sums are done when the last term has been added.
final class FloatCells implements Cells {
    private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Kernels kernels;
    private final byte[] memory;
    private final MemorySegment segment;
    private final boolean adds;

    /// @param adds whether the sums begin with what is in memory, or with zero
    FloatCells(Kernels kernels, byte[] memory, boolean adds) {
        this.kernels = kernels;
        this.memory = memory;
        this.segment = MemorySegment.ofArray(memory);
        this.adds = adds;
    }

    @Override
    public int operandBytes() {
        return Float.BYTES;
    }

    @Override
    public void readOperand(int address, int step, float[] row, int at, int count) {
        if (step == 1) MemorySegment.copy(segment, F32, address, row, at, count);
        else
            for (var i = 0; i < count; i++)
                row[at + i] = (float) MemoryAccess.FLOAT.get(memory, address + i * step * Float.BYTES);
    }

    @Override
    public void begin(float[] sums, int address, int count, boolean isFirst) {
        if (!isFirst) return;
        if (adds) MemorySegment.copy(segment, F32, address, sums, 0, count);
        else Arrays.fill(sums, 0, count, 0);
    }

    @Override
    public void end(float[] sums, int address, int count, boolean isFirst, boolean isLast) {
        if (!isLast) return;
        kernels.canonicalize(sums, count);
        MemorySegment.copy(sums, 0, segment, F32, address, count);
    }
}
