package org.ambientvcp.wasm.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A JVM that was started without the vector module has the plain loops and gets the same bits.
class WithoutVectorModuleTest {
    /// Never changes: results of programs depend on it.
    private static final String DIGEST = "211362481f961fbf6c0fc2284e445a949500ea07b1501c9c63d426e3f1fddaeb";

    @Test
    void thisJvmGetsTheBitsItAlwaysGot() throws NoSuchAlgorithmException {
        assertThat(digest()).isEqualTo("VectorKernels " + DIGEST);
    }

    @Test
    void aJvmWithoutTheModuleGetsTheSameBits() throws IOException, InterruptedException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WithoutVectorModuleTest.class.getName());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();

        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.strip()).isEqualTo("PlainKernels " + DIGEST);
    }

    /// Prints what this JVM gets.
    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        System.out.println(digest());
    }

    /// The class that has the inner loops, and SHA-256 of the memories after calls of all functions.
    private static String digest() throws NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        for (var numbers : Numbers.values()) {
            var random = new Random(numbers.name().hashCode());
            var memory = numbers.memory(1 << 20, 0, random);
            call("gemm_f32", memory, 0, 200_000, 400_000, 100, 150, 300, 1);
            call("gemm_f32", memory, 0, 200_000, 500_000, 37, 83, 101, 2);
            call("gemm_i8", memory, 0, 200_000, 600_000, 100, 150, 300, 1);
            call("gemm_i8", memory, 0, 200_000, 700_000, 37, 83, 101, 2);
            call("conv2d_f32", memory, 0, 200_000, 800_000, 2, 3, 20, 30, 8, 3, 3, 1, 2, 1, 1, 0);
            call("conv2d_i8", memory, 0, 200_000, 900_000, 2, 3, 20, 30, 8, 3, 5, 2, 1, 0, 3, 1);
            call("relu_f32", memory, 0, 0, 10_000);
            call("relu_i8", memory, 50_000, 50_000, 10_001);
            call("softmax_i32", memory, 100_000, 100_000, 100, 41, 24);
            var dot = TensorFunctions.call("dot_i8", memory, new long[] {60_000, 120_000, 10_007}, gas -> {});
            digest.update(memory);
            digest.update(Long.toString(dot[0]).getBytes(StandardCharsets.UTF_8));
        }
        return Kernels.FASTEST.getClass().getSimpleName() + " " + HexFormat.of().formatHex(digest.digest());
    }

    private static void call(String name, byte[] memory, int... arguments) {
        TensorFunctions.call(
                name, memory, Arrays.stream(arguments).asLongStream().toArray(), gas -> {});
    }
}
