package org.ambientvcp.wasm.trace;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.code.Kind;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.interpreter.StepListener;
import org.ambientvcp.wasm.machine.Instance;
import org.jspecify.annotations.Nullable;

/// Keeps the last instructions of one run, for a person to read.
public final class LastSteps implements StepListener {
    /// Values kept of an instruction's operands.
    private static final int VALUES = 4;
    /// Calls shown at each end of a call stack that is too deep to show.
    private static final int CALLS = 16;

    private final byte[] bytes;
    private final ModuleCode module;
    private final int capacity;
    private final @Nullable FunctionCode[] functions;
    private final int[] offsets;
    private final int[] operands;
    private final long[] values;
    private final Frames frames = new Frames();
    private long count;

    /// @param bytes of the module; not changed
    /// @param code of the module, with steps
    /// @param capacity most instructions to keep, 1 to 2^20
    public LastSteps(byte[] bytes, ModuleCode code, int capacity) {
        if (capacity < 1 || capacity > 1 << 20)
            throw new IllegalArgumentException("capacity is not 1–2^20: " + capacity);
        this.bytes = bytes.clone();
        this.module = code;
        this.capacity = capacity;
        this.functions = new FunctionCode[capacity];
        this.offsets = new int[capacity];
        this.operands = new int[capacity];
        this.values = new long[capacity * VALUES];
    }

    @Override
    public void entered(Instance instance, FunctionCode function, int base) {
        frames.push(function, base);
    }

    @Override
    public void step(Instance instance, FunctionCode function, int offset, int base, int top) {
        frames.at(offset);
        var place = (int) (count++ % capacity);
        var kept = Math.min(VALUES, top - base - function.locals().size());
        functions[place] = function;
        offsets[place] = offset;
        operands[place] = kept;
        System.arraycopy(instance.stack, top - kept, values, place * VALUES, kept);
    }

    @Override
    public void left() {
        frames.pop();
    }

    /// Instructions executed, those that are not kept included. One that trapped is the last.
    public long count() {
        return count;
    }

    /// The last instructions, oldest first, one line each: number from 0 on, function, offset in the module,
    /// instruction, and what it took from the operand stack: at most four values, the top last; of `drop` and
    /// `select`, the topmost, in hex.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        for (var step = Math.max(0, count - capacity); step < count; step++) lines.add(line(step));
        return List.copyOf(lines);
    }

    /// The calls that were active at the end, innermost first, with the offset in the module that each was at;
    /// empty if the run returned. Of more than 32, the outer and the inner 16.
    public List<String> callStack() {
        var lines = new ArrayList<String>();
        for (var depth = frames.size() - 1; depth >= 0; depth--) {
            if (frames.size() > 2 * CALLS && depth == frames.size() - 1 - CALLS) {
                lines.add("… " + (frames.size() - 2 * CALLS) + " more …");
                depth = CALLS - 1;
            }
            lines.add(name(frames.function(depth)) + "  " + hex(frames.offset(depth)));
        }
        return List.copyOf(lines);
    }

    private String line(long step) {
        var place = (int) (step % capacity);
        var function = functions[place];
        if (function == null) throw new IllegalStateException("step " + step + " is not kept");
        var instruction = InstructionText.at(offsets[place], bytes, module, function);
        var line = step + "  " + name(function) + "  " + hex(offsets[place]) + "  " + instruction.text();
        var shown = shown(instruction, place);
        return shown.isEmpty() ? line : line + "  (" + String.join(", ", shown) + ")";
    }

    private List<String> shown(InstructionText instruction, int place) {
        var kinds = instruction.operands();
        var kept = operands[place];
        var shown = new ArrayList<String>();
        if (instruction.isOpen() && kept > 0) {
            shown.add("0x" + Long.toHexString(values[place * VALUES + kept - 1]));
        }
        var count = Math.min(kinds.size(), kept);
        for (var i = 0; i < count; i++) {
            var bits = values[place * VALUES + kept - count + i];
            shown.add(text(kinds.get(kinds.size() - count + i), bits));
        }
        return shown;
    }

    private static String text(Kind kind, long bits) {
        return switch (kind) {
            case I32 -> Integer.toString((int) bits);
            case I64 -> Long.toString(bits);
            case F32 -> Float.toString(Float.intBitsToFloat((int) bits));
            case F64 -> Double.toString(Double.longBitsToDouble(bits));
        };
    }

    private String name(FunctionCode function) {
        return module.nameOf(module.imports().size() + function.index());
    }

    private static String hex(int offset) {
        return "0x" + Integer.toHexString(offset);
    }
}
