package org.ambientvcp.benchmarks.wasm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Kernels compiled to this machine's code, when they are asked for.
///
/// @param title of the column
/// @param compiler program to call; null if there is none
/// @param flags that decide how fast the code is
/// @param isExact whether results are the same bits as those of WASM
/// @param directory for sources and programs
record NativeCode(String title, @Nullable String compiler, List<String> flags, boolean isExact, Path directory)
        implements Contender {
    private static final List<String> ALWAYS = List.of("-std=c11", "-fno-math-errno");

    /// As WASM has it: a product is rounded before it is added to something.
    private static final String EXACT = "-ffp-contract=off";

    private static final String FUSED = "-ffp-contract=fast";

    @Override
    public @Nullable String version() {
        var version = compiler == null ? null : Programs.version(compiler);
        return version == null ? null : version + ", " + String.join(" ", flags) + (isExact ? "" : " " + FUSED);
    }

    @Override
    public Samples run(Kernel kernel, Effort effort) throws IOException, InterruptedException {
        var program = compile(kernel.title());
        var work = effort.of(kernel);
        var command = List.of(
                program.toString(),
                Integer.toString(work.amount()),
                Long.toString(effort.warmUpOfProcess().toMillis()),
                Integer.toString(effort.calls()));
        return Programs.samples(command, effort, isExact ? work : null, title + " on " + kernel.title());
    }

    private Path compile(String kernel) throws IOException, InterruptedException {
        if (compiler == null) throw new IllegalStateException(title + " is not on this machine");
        Modules.extract("kernels/kernel.h", directory);
        var program = directory.resolve(kernel + "-" + title.replace(' ', '_'));
        var command = new ArrayList<>(List.of(compiler));
        command.addAll(ALWAYS);
        command.add(isExact ? EXACT : FUSED);
        command.addAll(flags);
        command.add(Modules.extract("native.c", directory).toString());
        command.add(Modules.extract("kernels/" + kernel + ".c", directory).toString());
        command.addAll(List.of("-o", program.toString(), "-lm"));
        Programs.output(command);
        return program;
    }
}
