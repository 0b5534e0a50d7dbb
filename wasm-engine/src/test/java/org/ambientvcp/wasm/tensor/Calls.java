package org.ambientvcp.wasm.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

/// Calls of the functions, with every implementation of the inner loops.
final class Calls {
    static final List<Kernels> KERNELS = List.of(new PlainKernels(), new VectorKernels());

    private Calls() {}

    static long[] call(Kernels kernels, String name, byte[] memory, int... arguments) {
        return TensorFunctions.call(kernels, name, memory, new Arguments(bits(arguments)), gas -> {});
    }

    /// Checks that a call turns one memory into the other.
    static void check(String name, byte[] before, byte[] after, int... arguments) {
        for (var kernels : KERNELS) {
            var memory = before.clone();
            call(kernels, name, memory, arguments);
            assertThat(Arrays.mismatch(memory, after))
                    .as("the first byte of %s that is wrong with %s", name, kernels)
                    .isEqualTo(-1);
        }
    }

    static long[] bits(int... arguments) {
        return Arrays.stream(arguments).mapToLong(argument -> argument).toArray();
    }
}
