package org.ambientvcp.wasm.tensor;

import static java.util.Map.entry;

import java.util.Map;
import java.util.function.LongConsumer;
import org.ambientvcp.wasm.machine.Stop;

/// The host functions on tensors; docs/wasm-host-functions.md says what each of them does. Thread-safe.
public final class TensorFunctions {
    private static final String GEMM = "(i32, i32, i32, i32, i32, i32, i32) -> ()";
    private static final String CONVOLUTION =
            "(i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> ()";
    private static final String RECTIFIER = "(i32, i32, i32) -> ()";

    /// Type of each function by its name.
    public static final Map<String, String> TYPES = Map.ofEntries(
            entry("gemm_f32", GEMM),
            entry("gemm_i8", GEMM),
            entry("dot_i8", "(i32, i32, i32) -> i32"),
            entry("conv2d_f32", CONVOLUTION),
            entry("conv2d_i8", CONVOLUTION),
            entry("relu_f32", RECTIFIER),
            entry("relu_i8", RECTIFIER),
            entry("softmax_i32", "(i32, i32, i32, i32, i32) -> ()"));

    /// Bytes between two looks at the clock.
    private static final int DOT_PART = 1 << 22;

    private static final long[] NOTHING = {};

    private TensorFunctions() {}

    /// Calls a function: checks the arguments, charges, works.
    ///
    /// @param name one of [#TYPES]
    /// @param memory the linear memory; tensors behind its first GiB are out of bounds
    /// @param arguments as many as the type says, in the low 32 bits
    /// @param charge takes gas: what the call costs before its work begins, and 0 about once a millisecond of the
    ///     work, for a look at the clock. What it throws ends the call; if the first charge does, nothing has been
    ///     written.
    /// @return the results
    /// @throws Stop the trap; nothing has been charged or written
    public static long[] call(String name, byte[] memory, long[] arguments, LongConsumer charge) {
        return call(Kernels.FASTEST, name, memory, new Arguments(arguments), charge);
    }

    static long[] call(Kernels kernels, String name, byte[] memory, Arguments arguments, LongConsumer charge) {
        switch (name) {
            case "gemm_f32" ->
                MatrixProduct.of(memory, Float.BYTES, arguments, charge).runF32(kernels, memory, charge);
            case "gemm_i8" ->
                MatrixProduct.of(memory, Byte.BYTES, arguments, charge).runI8(kernels, memory, charge);
            case "conv2d_f32" -> Convolution.runF32(kernels, memory, arguments, charge);
            case "conv2d_i8" -> Convolution.runI8(kernels, memory, arguments, charge);
            case "relu_f32" -> Rectifier.runF32(memory, arguments, charge);
            case "relu_i8" -> Rectifier.runI8(memory, arguments, charge);
            case "softmax_i32" -> Softmax.run(memory, arguments, charge);
            case "dot_i8" -> {
                return new long[] {dot(kernels, memory, arguments, charge)};
            }
            default -> throw new IllegalArgumentException("there is no function " + name);
        }
        return NOTHING;
    }

    private static int dot(Kernels kernels, byte[] memory, Arguments arguments, LongConsumer charge) {
        var count = arguments.at(2);
        var a = Region.of(memory, arguments.at(0), Byte.BYTES, count);
        var b = Region.of(memory, arguments.at(1), Byte.BYTES, count);
        charge.accept(TensorGas.dot(count));
        var sum = 0;
        for (var at = 0; at < a.bytes(); at += DOT_PART) {
            if (at > 0) charge.accept(0);
            sum += kernels.dot(memory, a.address() + at, b.address() + at, Math.min(DOT_PART, a.bytes() - at));
        }
        return sum;
    }
}
