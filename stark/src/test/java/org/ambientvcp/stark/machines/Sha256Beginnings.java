package org.ambientvcp.stark.machines;

import java.util.List;
import org.ambientvcp.stark.proof.Words;

/// Runs of [Sha256] that do not begin as the standard says.
public final class Sha256Beginnings {
    private Sha256Beginnings() {}

    /// @param chainChange added to words of the first chaining value
    /// @param stateChange added to words of the first state
    public static Execution run(int logRows, int[] message, int word, int chainChange, int stateChange) {
        var machine = Sha256.machine(logRows);
        var trace = new Sha256Trace(machine.chips().getFirst(), logRows);
        var chain = Sha256Trace.standard();
        var state = Sha256Trace.standard();
        chain[word] ^= chainChange;
        state[word] ^= stateChange;
        var digest = trace.fill(chain, state, message);
        return new Execution(machine, List.<int[][]>of(trace.columns()), Words.of(digest));
    }
}
