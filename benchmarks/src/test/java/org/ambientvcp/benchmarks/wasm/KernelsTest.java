package org.ambientvcp.benchmarks.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.Value;
import org.ambientvcp.wasm.WasmEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// That kernels compute what they have to, wherever they run. Figures are not looked at.
class KernelsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GEMM")
    void compiledCodeGivesTheChecksum(Kernel kernel) {
        new Ambient("compiled", ExecutionMode.COMPILED, Runs.ENDLESS_GAS).run(kernel, Effort.SMOKE);
    }

    /// Those that are over soon enough.
    @ParameterizedTest
    @EnumSource(names = {"NBODY", "FANNKUCH", "FIB", "VM", "MIX"})
    void everyEngineOfThisJvmGivesTheChecksum(Kernel kernel) throws IOException, InterruptedException {
        var contenders = List.<Contender>of(
                new Ambient("interpreted", ExecutionMode.INTERPRETED, Runs.ENDLESS_GAS),
                new Ambient("compiled", ExecutionMode.COMPILED, Runs.ENDLESS_GAS),
                new EndiveInterpreter());

        var ratios = Kernels.compare(contenders, List.of(kernel), Effort.SMOKE);

        assertThat(ratios.row(kernel)).startsWith("| " + kernel.title() + " | ");
        assertThat(ratios.geometricMean(0, _ -> true)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"FANNKUCH", "VM"})
    void codeWithoutMeteringOrPathGivesTheChecksum(Kernel kernel) throws IOException, InterruptedException {
        Kernels.compare(Kernels.variants(), List.of(kernel), Effort.SMOKE);
    }

    /// Compilers and engines that are not on this machine are left out.
    @Test
    void peersGiveTheChecksum() throws IOException, InterruptedException {
        var peers = Kernels.present(Kernels.contenders(directory)).stream()
                .filter(contender -> contender instanceof NativeCode || contender instanceof Node)
                .toList();

        for (var peer : peers)
            assertThat(peer.run(Kernel.MIX, Effort.SMOKE).nanos()).hasSize(1);
    }

    @Test
    void wrongChecksumIsNoResult() {
        assertThatThrownBy(() -> Kernel.FIB.small().check(1, "here"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("here gives checksum 00000001 for 15 and should give 00000262");
    }

    @Test
    void meansAreGeometric() {
        var ratios = new Ratios(List.of(new EndiveInterpreter(), new EndiveInterpreter()));
        ratios.add(Kernel.FIB, List.of(new Samples(3_000_000, 1_000_000, 2_000_000), new Samples(8_000_000)));
        ratios.add(Kernel.MLP, List.of(new Samples(1_000_000), new Samples(9_000_000)));

        assertThat(ratios.row(Kernel.FIB)).isEqualTo("| fib | 2.0 ms | 4.00 |");
        assertThat(ratios.geometricMean(1, _ -> true)).isCloseTo(6, within(1e-9));
        assertThat(ratios.geometricMean(1, kernel -> kernel.kind() == Kernel.Kind.SCALAR))
                .isCloseTo(4, within(1e-9));
    }

    @Test
    void reportReportsInEveryMode() {
        var report = new Report();

        var executions = List.of(ExecutionMode.values()).stream()
                .map(mode -> report.compileAndRun(new WasmEngine(System::nanoTime, mode)))
                .distinct()
                .toList();

        assertThat(executions).hasSize(1);
    }

    @Test
    void probesDoWhatTheyAreFor() {
        var engine = new WasmEngine(System::nanoTime, ExecutionMode.COMPILED);

        assertThat(new InstanceBenchmark().instanceAndCall()).isEqualTo(5);
        assertThat(new HostCallBenchmark().inputSize()).isZero();
        assertThat(Runs.result(
                        engine.run(Modules.compile(Modules.GROW), Runs.call(Runs.ENDLESS_GAS, "grow", Value.i32(4)))))
                .isEqualTo(5);
        assertThat(Runs.result(engine.run(
                        Modules.compile(Modules.TOUCH),
                        Runs.call(Runs.ENDLESS_GAS, "touch", Value.i32(2), Value.i32(40_000)))))
                .isEqualTo(1);
    }
}
