package org.ambientvcp.benchmarks.wasm;

import java.util.Arrays;

/// Processor times of some equal calls.
///
/// @param nanos in ascending order, at least one
/// @param instructions WASM instructions of one call; 0 where nobody counts them
@SuppressWarnings("ArrayRecordComponent") // made here and read here only
record Samples(long[] nanos, long instructions) {
    Samples {
        if (nanos.length == 0) throw new IllegalArgumentException("no samples");
        nanos = nanos.clone();
        Arrays.sort(nanos);
    }

    Samples(long... nanos) {
        this(nanos, 0);
    }

    double medianMillis() {
        return nanos[nanos.length / 2] / 1e6;
    }

    /// Million instructions a second.
    double speed() {
        return instructions / (medianMillis() * 1_000);
    }
}
