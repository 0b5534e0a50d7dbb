package org.ambientvcp.wasm.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.ModuleLowering;
import org.ambientvcp.wasm.machine.Executor;
import org.ambientvcp.wasm.spec.Engines;
import org.junit.jupiter.api.Test;
import run.endive.wasm.Parser;
import run.endive.wasm.types.OpCode;

/// Random valid modules, run by Endive's interpreter and by both modes of this engine.
///
/// `-Dvcp.fuzz.seed=N` begins at another seed, `-Dvcp.fuzz.modules=N` runs another number, so that
/// `mvn test -pl wasm-engine -Dtest=DifferentialFuzzTest -Dvcp.fuzz.seed=17 -Dvcp.fuzz.modules=1` repeats a failure,
/// and
/// a large number fuzzes for hours.
class DifferentialFuzzTest {
    private static final long FIRST_SEED = Long.getLong("vcp.fuzz.seed", 1);
    private static final long MODULES = Long.getLong("vcp.fuzz.modules", 10_000);
    private static final long GAS = 1L << 40;
    private static final long LONG_GAS = 40_000_000;
    private static final int MOST_LOOP_GAS_BITS = 20;
    private static final int LONG_FUEL = 2_000_000;

    /// Of WASM 2.0.
    private static final int VECTOR_INSTRUCTIONS = 236;

    /// One of so many modules is of the kind that Endive's interpreter gets wrong or does not run, as SIMD, and
    /// runs in our two modes only.
    private static final int WITHOUT_ENDIVE = 4;

    @Test
    void allEnginesAgreeOnRandomModules() {
        var endings = Engines.onDeepStack(() -> {
            var counted = new TreeMap<String, Integer>();
            for (var seed = FIRST_SEED; seed < FIRST_SEED + MODULES; seed++)
                counted.merge(compare(seed), 1, Integer::sum);
            return counted;
        });

        System.out.println("random modules end with " + endings);
        if (MODULES >= 10_000) assertEveryKindIsThere(endings);
    }

    @Test
    void modulesThatEndiveDoesNotRunHaveEveryVectorInstruction() {
        var seen = new TreeSet<OpCode>();
        for (var seed = 1L; seed <= 2_000; seed++) {
            var code = Parser.parse(
                            RandomModule.of(seed, RandomModule.FUEL, false).bytes())
                    .codeSection();
            for (var body : code.functionBodies())
                for (var instruction : body.instructions())
                    if (instruction.opcode().opcode() >>> 8 == 0xfd) seen.add(instruction.opcode());
        }

        assertThat(seen).hasSize(VECTOR_INSTRUCTIONS);
    }

    @Test
    void checkpointsOfLongRunsAgree() {
        var checkpoints = Engines.onDeepStack(() -> {
            var counted = 0;
            for (var seed = 1L; seed <= 60; seed++) {
                var module = RandomModule.of(seed, LONG_FUEL, false);
                var code = ModuleLowering.lower(Parser.parse(module.bytes()), false);
                var interpreted = run(module, code, ExecutionMode.INTERPRETED, LONG_GAS);
                assertThat(run(module, code, ExecutionMode.COMPILED, LONG_GAS))
                        .as("seed %d", seed)
                        .isEqualTo(interpreted);
                counted += interpreted.checkpoints().size();
            }
            return counted;
        });

        assertThat(checkpoints).isGreaterThan(5);
    }

    @Test
    void loopsAreTheSameInBothModesWhereverTheyEnd() {
        var endings = Engines.onDeepStack(() -> {
            var counted = new TreeMap<String, Integer>();
            for (var seed = FIRST_SEED; seed < FIRST_SEED + MODULES / 2; seed++)
                counted.merge(compareLoops(seed), 1, Integer::sum);
            return counted;
        });

        System.out.println("random loops end with " + endings);
        if (MODULES >= 10_000)
            assertThat(endings)
                    .containsOnlyKeys(
                            "completed", "out of bounds memory access", "integer divide by zero", "out of gas");
    }

    /// @return how the module's run ended
    private static String compareLoops(long seed) {
        var module = LoopModule.of(seed);
        try {
            var code = ModuleLowering.lower(Parser.parse(module.bytes()), false);
            var interpreter = Engines.executor(ExecutionMode.INTERPRETED, code);
            var compiled = Engines.executor(ExecutionMode.COMPILED, code);
            var random = new SplittableRandom(seed);
            var reason = "";
            for (var runs = 0; runs < 4; runs++) {
                // From a few instructions up to the length of many slices.
                var gas = random.nextLong(1L << random.nextInt(1, MOST_LOOP_GAS_BITS)) + 1;
                var interpreted = EngineRun.of(module, code, interpreter, gas);
                assertThat(EngineRun.of(module, code, compiled, gas))
                        .as("gas %d", gas)
                        .isEqualTo(interpreted);
                reason = interpreted.ending().reason();
            }
            return reason.startsWith("the gas limit") ? "out of gas" : reason;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(description(seed, module), e);
        }
    }

    private static EngineRun run(RandomModule module, ModuleCode code, ExecutionMode mode, long gas) {
        return EngineRun.of(module, code, Engines.executor(mode, code), gas);
    }

    /// @return how the module's run ended
    private static String compare(long seed) {
        var isForEndive = seed % WITHOUT_ENDIVE != 0;
        var module = RandomModule.of(seed, RandomModule.FUEL, isForEndive);
        try {
            var parsed = Parser.parse(module.bytes());
            var code = ModuleLowering.lower(parsed, false);
            var interpreter = Engines.executor(ExecutionMode.INTERPRETED, code);
            var compiled = Engines.executor(ExecutionMode.COMPILED, code);
            var interpreted = EngineRun.of(module, code, interpreter, GAS);

            assertThat(EngineRun.of(module, code, compiled, GAS)).isEqualTo(interpreted);
            withLessGas(seed, module, code, interpreter, compiled, interpreted.gas());
            if (isForEndive) assertIsWhatEndiveGives(interpreted, OracleRun.of(module, parsed));
            return interpreted.ending().reason();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(description(seed, module), e);
        }
    }

    private static void withLessGas(
            long seed, RandomModule module, ModuleCode code, Executor interpreter, Executor compiled, long used) {
        var gas = new SplittableRandom(seed).nextLong(used) + 1;

        assertThat(EngineRun.of(module, code, compiled, gas))
                .as("gas %d", gas)
                .isEqualTo(EngineRun.of(module, code, interpreter, gas));
    }

    private static void assertIsWhatEndiveGives(EngineRun run, OracleRun oracle) {
        assertThat(run.ending()).isEqualTo(oracle.ending());
        // A block is paid for as a whole, also when it traps.
        if (oracle.ending().reason().equals("completed"))
            assertThat(run.blocks()).isEqualTo(oracle.instructions());
        else assertThat(run.blocks()).isGreaterThanOrEqualTo(oracle.instructions());
    }

    private static void assertEveryKindIsThere(Map<String, Integer> endings) {
        assertThat(endings.get("completed")).isGreaterThan((int) (MODULES / 2));
        assertThat(endings)
                .containsOnlyKeys(
                        "completed",
                        "integer divide by zero",
                        "integer overflow",
                        "invalid conversion to integer",
                        "out of bounds memory access",
                        "out of bounds table access",
                        "indirect call type mismatch",
                        "uninitialized element",
                        "undefined element",
                        "unreachable");
    }

    private static String description(long seed, RandomModule module) {
        var description = "seed %d, arguments %s\n%s\n"
                .formatted(
                        seed,
                        Arrays.toString(module.arguments()),
                        HexFormat.of().formatHex(module.bytes()));
        try {
            return description + ModuleDump.of(Parser.parse(module.bytes()));
        } catch (RuntimeException e) {
            return description + e;
        }
    }
}
