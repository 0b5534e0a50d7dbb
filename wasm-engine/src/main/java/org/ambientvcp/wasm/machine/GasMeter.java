package org.ambientvcp.wasm.machine;

import org.ambientvcp.wasm.Outcome;

/// Hands out a run's gas in slices, so that code only counts down and all that is rare hangs on one comparison: where
/// a slice ends, the clock may have to be looked at or a checkpoint be due.
public final class GasMeter {
    /// Gas between two looks at the clock and the interrupt flag.
    private static final long POLL_GAS = 1L << 21;
    /// Gas of a slice that nothing else ends. Short, so that all hot code comes to the end of one often: what the
    /// JVM has not seen happen it leaves out when it compiles, and has to compile again when it happens.
    private static final long SLICE_GAS = 1L << 15;

    /// The run used more than it may in the interpreter.
    public static final class ProbeOver extends RuntimeException {
        ProbeOver() {
            super("the run is longer than a probe", null, false, false);
        }
    }

    private final long limit;
    private final long probe;
    private final Deadline deadline;
    private final Checkpoints checkpoints;
    private long reserve;
    private long extra;
    /// Gas used at which the clock is looked at again.
    private long poll = POLL_GAS;

    public GasMeter(long limit, Deadline deadline, Checkpoints checkpoints) {
        this(limit, deadline, checkpoints, Long.MAX_VALUE);
    }

    /// @param probe a run that uses more than this is left by [ProbeOver]
    public GasMeter(long limit, Deadline deadline, Checkpoints checkpoints, long probe) {
        this.limit = limit;
        this.probe = probe;
        this.deadline = deadline;
        this.checkpoints = checkpoints;
        this.reserve = limit;
    }

    /// Gas used when `left` of the current slice are left, or less than none; may be above the limit.
    public long used(long left) {
        return limit - reserve - left;
    }

    /// Whether more was used than allowed.
    public boolean isOverdrawn(long left) {
        return used(left) > limit;
    }

    /// What bulk instructions and host calls cost beside the one gas of an instruction.
    public long extra() {
        return extra;
    }

    void addExtra(long gas) {
        extra += gas;
    }

    /// The first slice.
    long start() {
        return slice(0);
    }

    /// Called when a slice is used up.
    ///
    /// @return what is left of the next one
    /// @throws Stop if the run has used up its gas or its time
    long next(long left, Instance instance) {
        var used = used(left);
        if (used > limit) throw outOfGas();
        if (used > probe) throw new ProbeOver();
        if (used >= poll) look(used);
        checkpoints.reached(used, instance);
        return slice(used);
    }

    private void look(long used) {
        poll = used + POLL_GAS;
        look();
    }

    /// Looks at the clock and the interrupt flag.
    void look() {
        deadline.check();
    }

    public Stop outOfGas() {
        return Stop.because(Outcome.OUT_OF_GAS, "the gas limit of " + limit + " is used up");
    }

    private long slice(long used) {
        var end = Math.min(Math.min(limit, probe), Math.min(used + SLICE_GAS, checkpoints.next()));
        reserve = limit - end;
        return end - used;
    }
}
