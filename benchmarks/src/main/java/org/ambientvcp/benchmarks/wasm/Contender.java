package org.ambientvcp.benchmarks.wasm;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A way to run kernels.
sealed interface Contender permits NativeCode, Node, EndiveInterpreter, Ambient, Bare {
    /// Short: the head of a column.
    String title();

    /// What exactly it is: version, flags. Null if it is not on this machine.
    @Nullable
    String version();

    /// Runs a kernel warm and notes the processor time of each timed call.
    ///
    /// @throws IllegalStateException if a call gives a wrong checksum
    Samples run(Kernel kernel, Effort effort) throws IOException, InterruptedException;
}
