package org.ambientvcp.wasm.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.Sha256;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.interpreter.Interpreter;
import org.ambientvcp.wasm.interpreter.StepListener;
import org.ambientvcp.wasm.machine.Instance;
import org.ambientvcp.wasm.machine.StateDigest;
import org.ambientvcp.wasm.machine.Stop;
import org.jspecify.annotations.Nullable;

/// The state of a run after a number of instructions, with a digest of all of it: SHA-256 over, numbers little-endian,
///
/// ```text
/// "vcp/step/v1" 0x00
/// instructions executed                         8 bytes
/// digest of memory, globals, tables, gas, path  32 bytes, see StateDigest
/// number of active calls                        4 bytes
/// for every one, outermost first:
///     function, among the module's own          4 bytes
///     offset of the instruction it is at        4 bytes
///     number of values                          4 bytes
///     its locals, then its operands             8 bytes each
/// ```
///
/// An argument is a local of the callee and no operand of the caller any more. When the run has ended by returning,
/// there is one call instead, at offset 2^32 - 1, with the results as its values; when it ended otherwise, none.
public final class StateAt {
    private static final byte[] DOMAIN = "vcp/step/v1\0".getBytes(US_ASCII);
    private static final int NOWHERE = -1;

    private final Frames frames = new Frames();
    private final StepListener before;
    private final long wanted;
    private long steps;
    private @Nullable Instance instance;
    private @Nullable State state;

    private StateAt(long wanted, StepListener before) {
        this.wanted = wanted;
        this.before = before;
    }

    /// Runs the invocation up to a step.
    ///
    /// @param steps instructions to execute, ≥ 0; a run that has fewer runs to its end
    /// @param code of the module, with steps
    /// @return null if the run ended before it came to a function of the module
    /// @throws IllegalStateException if the run ended before the step for reasons of this node
    public static @Nullable State after(long steps, ModuleCode code, Rerun rerun) {
        return after(steps, code, rerun, (instance, function, offset, base, top) -> {});
    }

    /// @param before sees every step first, and may change the state
    static @Nullable State after(long steps, ModuleCode code, Rerun rerun, StepListener before) {
        if (steps < 0) throw new IllegalArgumentException("steps is negative: " + steps);
        var at = new StateAt(steps, before);
        return at.run(code, rerun);
    }

    private @Nullable State run(ModuleCode code, Rerun rerun) {
        var outcome = Outcome.COMPLETED;
        try {
            outcome = rerun.with(new Interpreter(code, new Watch()));
        } catch (Stop stop) {
            outcome = stop.outcome();
        }
        if (state != null) return state;
        if (!outcome.isDeterministic())
            throw new IllegalStateException("the run ended with " + outcome + " before step " + wanted);
        return instance == null ? null : state(instance, true, 0);
    }

    private final class Watch implements StepListener {
        @Override
        public void entered(Instance running, FunctionCode function, int base) {
            instance = running;
            frames.push(function, base);
        }

        @Override
        public void step(Instance running, FunctionCode function, int offset, int base, int top) {
            before.step(running, function, offset, base, top);
            frames.at(offset);
            if (steps == wanted) {
                if (state == null) state = state(running, false, top);
                throw Stop.because(Outcome.NODE_FAILED, "traced no further");
            }
            steps++;
        }

        @Override
        public void left() {
            frames.pop();
        }
    }

    private State state(Instance running, boolean hasEnded, int top) {
        var gasUsed = running.meter().used(running.gas);
        var digest = Sha256.start();
        digest.update(DOMAIN);
        digest.update(numbers(8).putLong(steps).array());
        digest.update(StateDigest.of(gasUsed, running));
        if (!hasEnded) calls(digest, running, top);
        else if (frames.size() > 0) digest.update(numbers(4).putInt(0).array());
        else results(digest, running);
        return new State(steps, hasEnded, gasUsed, HexFormat.of().formatHex(digest.digest()));
    }

    private void calls(MessageDigest digest, Instance running, int top) {
        digest.update(numbers(4).putInt(frames.size()).array());
        for (var depth = 0; depth < frames.size(); depth++) {
            var end = depth + 1 < frames.size() ? frames.base(depth + 1) : top;
            call(digest, running, depth, frames.offset(depth), end);
        }
    }

    private void results(MessageDigest digest, Instance running) {
        digest.update(numbers(4).putInt(1).array());
        var results = frames.function(0).signature().results().size();
        call(digest, running, 0, NOWHERE, frames.base(0) + results);
    }

    private void call(MessageDigest digest, Instance running, int depth, int offset, int end) {
        var base = frames.base(depth);
        var bytes = numbers(12 + 8 * (end - base));
        bytes.putInt(frames.function(depth).index()).putInt(offset).putInt(end - base);
        for (var slot = base; slot < end; slot++) bytes.putLong(running.stack[slot]);
        digest.update(bytes.flip());
    }

    private static ByteBuffer numbers(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
