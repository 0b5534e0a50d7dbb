package org.ambientvcp.wasm.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.ambientvcp.wasm.Bytes;
import org.ambientvcp.wasm.Compilation;
import org.ambientvcp.wasm.Entry;
import org.ambientvcp.wasm.Execution;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.Invocation;
import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.RunLimits;
import org.ambientvcp.wasm.WasmEngine;
import org.ambientvcp.wasm.WasmModule;
import org.junit.jupiter.api.Test;

/// Programs that mean harm. Each ends in its own outcome, the same in every mode; `outcomes.txt` pins reason and gas.
class HostileCorpusTest {
    private static final RunLimits LIMITS = new RunLimits(64, 5_000_000, 600_000, 1 << 16);

    @Test
    void loopsThatNeverEndEndOutOfSomething() throws IOException {
        assertOutcomes("loops", exported("loops"));
    }

    @Test
    void recursionAndGrowthEndAtTheirLimits() throws IOException {
        assertOutcomes("recursion", exported("recursion"));
    }

    @Test
    void giantModulesRunOrAreRefused() throws IOException {
        assertOutcomes("giants", GiantModules.all());
    }

    @Test
    void modulesThatLieAreFoundOut() throws IOException {
        assertOutcomes("lies", LyingModules.all());
    }

    private static List<HostileProgram> exported(String name) throws IOException {
        var bytes = resource(name + ".wasm");
        var compiled = (Compilation.Compiled) WasmModule.compile(bytes);
        return compiled.module().exports().stream()
                .filter(export -> export.kind().equals("function"))
                .map(export -> new HostileProgram(export.name(), bytes, export.name()))
                .toList();
    }

    private static void assertOutcomes(String part, List<HostileProgram> programs) throws IOException {
        var lines = new ArrayList<String>();
        for (var program : programs) lines.add(program.name() + " | " + outcome(program));
        var actual = String.join("\n", lines) + "\n";

        System.out.print(actual);
        assertThat(actual).isEqualTo(new String(resource(part + ".txt"), UTF_8));
    }

    private static String outcome(HostileProgram program) {
        var compilation = WasmModule.compile(program.module());
        var function = program.function();
        var arguments = compilation instanceof Compilation.Compiled compiled
                ? Arguments.zero(compiled.module(), function)
                : List.<org.ambientvcp.wasm.Value>of();
        var invocation = new Invocation(
                new Entry.Call(function, arguments), Bytes.EMPTY, LIMITS, 0, Bytes.of(new byte[Invocation.SEED_BYTES]));
        var interpreted = run(compilation, ExecutionMode.INTERPRETED, invocation);

        assertThat(interpreted.outcome()).as(program.name()).matches(Outcome::isDeterministic);
        assertThat(run(compilation, ExecutionMode.COMPILED, invocation))
                .as(program.name())
                .isEqualTo(interpreted);
        assertThat(run(compilation, ExecutionMode.AUTOMATIC, invocation))
                .as(program.name())
                .isEqualTo(interpreted);
        return text(interpreted);
    }

    private static Execution run(Compilation compilation, ExecutionMode mode, Invocation invocation) {
        return new WasmEngine(System::nanoTime, mode).run(compilation, invocation);
    }

    private static String text(Execution execution) {
        var values = execution.values().stream().map(Object::toString).collect(Collectors.joining(", "));
        return "%s | %s | gas %d, instructions %d, pages %d, output %d"
                .formatted(
                        execution.outcome(),
                        Objects.requireNonNullElse(execution.reason(), values),
                        execution.gasUsed(),
                        execution.instructions(),
                        execution.peakMemoryPages(),
                        execution.output().size());
    }

    private static byte[] resource(String name) throws IOException {
        try (var stream = Objects.requireNonNull(HostileCorpusTest.class.getResourceAsStream(name), name)) {
            return stream.readAllBytes();
        }
    }
}
