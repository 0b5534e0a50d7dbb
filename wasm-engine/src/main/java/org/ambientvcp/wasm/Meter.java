package org.ambientvcp.wasm;

import run.endive.runtime.ExecutionListener;
import run.endive.runtime.MStack;
import run.endive.wasm.types.Instruction;

/// Sees every instruction before it is executed: charges it, writes it into the trace, and makes the NaN that the
/// instruction before may have computed canonical. Belongs to one run and its thread.
///
/// All rare work hangs on one comparison: `nextEvent` is the gas at which the clock has to be looked at or a checkpoint
/// is due, whichever comes first.
final class Meter implements ExecutionListener {
    /// Gas between two looks at the clock and the interrupt flag.
    private static final long POLL_GAS = 1L << 14;

    private final long gasLimit;
    private final Resources resources;
    private final Deadline deadline;
    private final TraceDigest trace;
    private final Checkpoints checkpoints;

    private long gasUsed;
    private long instructions;
    private long nextPoll = POLL_GAS;
    private long nextEvent = POLL_GAS;
    private int previous;

    Meter(RunLimits limits, Resources resources, Deadline deadline, TraceDigest trace) {
        this.gasLimit = limits.gas();
        this.resources = resources;
        this.deadline = deadline;
        this.trace = trace;
        this.checkpoints = new Checkpoints(limits.gas());
    }

    @Override
    public void onExecution(Instruction instruction, MStack stack) {
        var traits = Traits.of(instruction.opcode());
        if ((previous & Traits.COMPUTES_FLOAT) != 0) CanonicalNan.onTopOf(stack, previous);
        previous = traits;
        if ((traits & Traits.PLAIN) == 0) {
            var used = gasUsed + Gas.INSTRUCTION;
            if (used > gasLimit) throw outOfGas();
            gasUsed = used;
            instructions++;
            trace.instruction(instruction.address());
            if (used >= nextEvent) event();
        } else if ((traits & Traits.FREE) == 0) {
            special(instruction, stack, traits);
        }
    }

    /// Charges what has no instruction of its own: frames and host calls.
    void charge(long gas) {
        if (gas > gasLimit - gasUsed) throw outOfGas();
        gasUsed += gas;
        if (gasUsed >= nextEvent) event();
    }

    long gasUsed() {
        return gasUsed;
    }

    long instructions() {
        return instructions;
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    private void special(Instruction instruction, MStack stack, int traits) {
        var gas = (traits & Traits.BULK) == 0 ? Gas.INSTRUCTION : Gas.INSTRUCTION + bulk(instruction, stack);
        if (gas > gasLimit - gasUsed) throw outOfGas();
        gasUsed += gas;
        instructions++;
        trace.instruction(instruction.address());
        if ((traits & (Traits.STORE_32 | Traits.STORE_64)) != 0) {
            var values = stack.array();
            var value = values[stack.size() - 1];
            trace.store((int) values[stack.size() - 2], (traits & Traits.STORE_32) != 0 ? value & 0xffff_ffffL : value);
        }
        if (gasUsed >= nextEvent) event();
    }

    /// Every bulk instruction has its length on top of the stack, an unsigned i32.
    private long bulk(Instruction instruction, MStack stack) {
        var length = stack.array()[stack.size() - 1] & 0xffff_ffffL;
        return switch (instruction.opcode()) {
            case MEMORY_GROW -> resources.canGrowMemory(length) ? length * Gas.PAGE : 0;
            case TABLE_GROW -> tableGrow((int) instruction.operand(0), length);
            case TABLE_FILL, TABLE_COPY, TABLE_INIT -> length;
            default -> Gas.bytes(length);
        };
    }

    private long tableGrow(int table, long delta) {
        return resources.canGrowTable(table, delta) ? Gas.table(resources.tableSize(table) + delta) : 0;
    }

    private void event() {
        checkpoints.reached(gasUsed, trace);
        if (gasUsed >= nextPoll) {
            deadline.check();
            nextPoll = gasUsed + POLL_GAS;
        }
        nextEvent = Math.min(nextPoll, checkpoints.next());
    }

    private Stop outOfGas() {
        return Stop.because(Outcome.OUT_OF_GAS, "the gas limit of " + gasLimit + " is used up");
    }
}
