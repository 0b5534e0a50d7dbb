package org.ambientvcp.benchmarks.wasm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.RunLimits;
import org.ambientvcp.wasm.compiler.CompiledModule;
import org.ambientvcp.wasm.compiler.WithoutPath;
import org.jspecify.annotations.Nullable;

/// How many times as long as gcc's code does ours take, and how many other engines' code, for each kernel?
///
/// All in one run: for each kernel each contender in turn, processor time of the thread that computes, median of the
/// timed calls after a warm-up, checksums verified in every call. Our engine stays in this JVM for all kernels, as in a
/// worker, and gets a fresh instance for every call, as tasks do.
///
/// Arguments: `--smoke` for as little as makes sense; `--metering` to compare our code with itself without gas and path
/// instead; `--tensors` to compare the host function `gemm_f32` with a triple loop; names of kernels for these only;
/// `-` and the title of a contender to leave it out.
public final class Kernels {
    private static final @Nullable String GCC = Programs.firstOf("gcc", "gcc-14", "gcc-13", "gcc-12");
    private static final @Nullable String CLANG = Programs.firstOf("clang", "clang-19", "clang-16", "clang-14");

    private Kernels() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(arguments));
        var effort = words.remove("--smoke") ? Effort.SMOKE : Effort.FULL;
        var isMetering = words.remove("--metering");
        var isTensors = words.remove("--tensors");
        var named = words.stream()
                .filter(word -> !word.startsWith("-"))
                .map(Kernel::of)
                .toList();
        var directory = Files.createTempDirectory("vcp-kernels");
        try {
            var contenders = isMetering ? variants() : isTensors ? multipliers(directory) : contenders(directory);
            var chosen = contenders.stream()
                    .filter(contender -> !words.contains("-" + contender.title()))
                    .toList();
            var kernels = isTensors ? List.of(Kernel.GEMM) : named.isEmpty() ? Kernel.set() : named;
            compare(present(chosen), kernels, effort);
        } finally {
            Directories.delete(directory);
        }
    }

    /// Everyone, with what the others are compared to in front.
    static List<Contender> contenders(Path directory) {
        return List.of(
                new NativeCode("gcc -O2", GCC, List.of("-O2"), true, directory),
                new NativeCode("clang -O3", CLANG, List.of("-O3"), true, directory),
                new Node(directory),
                new EndiveInterpreter(),
                new Ambient("interpreted", ExecutionMode.INTERPRETED, Runs.ENDLESS_GAS),
                new Ambient("compiled", ExecutionMode.COMPILED, Runs.ENDLESS_GAS),
                new Ambient("with checkpoints", ExecutionMode.COMPILED, RunLimits.DEFAULT.gas()));
    }

    /// Our compiled code by itself, from the least to what is executed.
    static List<Contender> variants() {
        return List.of(
                new Bare("no metering", code -> new CompiledModule(Unmetered.of(code))),
                new Bare("gas", WithoutPath::compile),
                new Bare("gas and path", CompiledModule::new),
                new Ambient("compiled", ExecutionMode.COMPILED, Runs.ENDLESS_GAS));
    }

    /// Ways to multiply matrices, with the best that a compiler makes of the triple loop for this machine in front.
    static List<Contender> multipliers(Path directory) {
        var best = List.of("-O3", "-march=native");
        return List.of(
                new NativeCode("gcc -O3 -march=native", GCC, best, true, directory),
                new NativeCode("with FMA", GCC, best, false, directory),
                new NativeCode("gcc -O2", GCC, List.of("-O2"), true, directory),
                new Ambient("compiled loop", ExecutionMode.COMPILED, Runs.ENDLESS_GAS),
                new Ambient("gemm_f32", "-host", ExecutionMode.COMPILED, Runs.ENDLESS_GAS));
    }

    /// Those that are on this machine; says which are and which are not.
    static List<Contender> present(List<Contender> contenders) {
        var present = new ArrayList<Contender>();
        for (var contender : contenders) {
            var version = contender.version();
            System.out.println(contender.title() + ": " + (version == null ? "not on this machine" : version));
            if (version != null) present.add(contender);
        }
        return present;
    }

    static Ratios compare(List<Contender> contenders, List<Kernel> kernels, Effort effort)
            throws IOException, InterruptedException {
        var ratios = new Ratios(contenders);
        System.out.println("\n" + ratios.head());
        for (var kernel : kernels) {
            var row = new ArrayList<Samples>();
            for (var contender : contenders) row.add(contender.run(kernel, effort));
            ratios.add(kernel, row);
            System.out.println(ratios.row(kernel));
        }
        System.out.println(ratios.means());
        ratios.speeds().forEach(System.out::println);
        return ratios;
    }
}
