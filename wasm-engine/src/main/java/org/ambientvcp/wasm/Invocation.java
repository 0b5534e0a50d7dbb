package org.ambientvcp.wasm;

import static java.util.Objects.requireNonNull;

/// Everything a run depends on beside the module. The same invocation of the same module gives the same
/// [Execution], but for the outcomes that are the node's.
///
/// @param entry what is called, with which arguments
/// @param input bytes the program may read
/// @param limits what the run may use
/// @param epochMillis what every clock of the program shows, milliseconds since 1970, 0–2^43
/// @param randomSeed 32 bytes that all randomness of the program is derived from
public record Invocation(Entry entry, Bytes input, RunLimits limits, long epochMillis, Bytes randomSeed) {
    /// Length of a random seed.
    public static final int SEED_BYTES = 32;

    private static final long LATEST_MILLIS = 1L << 43;

    public Invocation {
        requireNonNull(entry, "entry");
        requireNonNull(input, "input");
        requireNonNull(limits, "limits");
        if (epochMillis < 0 || epochMillis > LATEST_MILLIS)
            throw new IllegalArgumentException("epochMillis is not 0–" + LATEST_MILLIS + ": " + epochMillis);
        if (randomSeed.size() != SEED_BYTES)
            throw new IllegalArgumentException("randomSeed is not 32 bytes: " + randomSeed.size());
    }
}
