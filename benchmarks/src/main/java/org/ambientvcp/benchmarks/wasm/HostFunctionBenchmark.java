package org.ambientvcp.benchmarks.wasm;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.ambientvcp.wasm.crypto.CryptoFunctions;
import org.ambientvcp.wasm.machine.MemoryAccess;
import org.ambientvcp.wasm.tensor.TensorFunctions;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How many microseconds does a host function that computes take? Its gas is printed beside, which should be about as
/// many nanoseconds. `-jvmArgs -Xmx512m` measures without the Vector API.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx512m", "-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
public class HostFunctionBenchmark {
    private static final int MEMORY_BYTES = 8 << 20;
    private static final int SIGNED_BYTES = 1_000;
    private static final int SIGNATURE = 1_024;
    private static final int KEY = 1_100;

    /// The function and its arguments.
    @Param({
        "gemm_f32 0 262144 524288 256 256 256 0",
        "gemm_f32 0 1048576 6291456 1 1024 1024 2",
        "gemm_i8 0 262144 524288 256 256 256 0",
        "gemm_i8 0 1048576 4194304 1 1024 1024 2",
        "conv2d_f32 0 1048576 4194304 1 16 32 32 32 3 3 1 1 1 1 0",
        "conv2d_i8 0 1048576 4194304 1 16 32 32 32 3 3 1 1 1 1 0",
        "dot_i8 0 1048576 1048576",
        "relu_f32 0 4194304 262144",
        "softmax_i32 0 4194304 64 1000 16",
        "sha256 0 1048576 4194304",
        "sha512 0 1048576 4194304",
        "ed25519_verify 0 1000 1024 1100"
    })
    public String call = "";

    private final byte[] memory = new byte[MEMORY_BYTES];
    private String name = "";
    private long[] arguments = {};

    @Setup
    public void prepare() {
        var random = new SplittableRandom(1);
        for (var at = 0; at < MEMORY_BYTES; at += Float.BYTES)
            MemoryAccess.FLOAT.set(memory, at, (float) random.nextDouble(-1, 1));
        var words = Arrays.asList(call.split(" "));
        name = words.getFirst();
        arguments = words.stream().skip(1).mapToLong(Long::parseLong).toArray();
        if (name.equals("ed25519_verify")) sign();
        var gas = new long[1];
        run(charge -> gas[0] += charge);
        System.out.println("gas " + gas[0]);
    }

    private void sign() {
        var seed = new byte[Ed25519.SECRET_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, memory, KEY);
        Ed25519.sign(seed, 0, memory, 0, SIGNED_BYTES, memory, SIGNATURE);
    }

    @Benchmark
    public long[] run() {
        return run(charge -> {});
    }

    private long[] run(LongConsumer charge) {
        return CryptoFunctions.TYPES.containsKey(name)
                ? CryptoFunctions.call(name, memory, arguments, charge)
                : TensorFunctions.call(name, memory, arguments, charge);
    }
}
