package org.ambientvcp.wasm.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.TreeMap;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.code.ModuleLowering;
import org.ambientvcp.wasm.spec.Engines;
import org.junit.jupiter.api.Test;
import run.endive.wasm.Parser;

/// Random valid modules, run by Endive's interpreter and by both modes of this engine.
///
/// `-Dvcp.fuzz.seed=N` begins at another seed, `-Dvcp.fuzz.modules=N` runs another number, so that
/// `mvn test -pl wasm-engine -Dtest=DifferentialFuzzTest -DargLine="-Dvcp.fuzz.seed=17 -Dvcp.fuzz.modules=1"` repeats a
/// failure and a large number fuzzes for hours.
class DifferentialFuzzTest {
    private static final long FIRST_SEED = Long.getLong("vcp.fuzz.seed", 1);
    private static final long MODULES = Long.getLong("vcp.fuzz.modules", 10_000);
    private static final long GAS = 1L << 40;

    @Test
    void allEnginesAgreeOnRandomModules() {
        var endings = Engines.onDeepStack(() -> {
            var counted = new TreeMap<String, Integer>();
            for (var seed = FIRST_SEED; seed < FIRST_SEED + MODULES; seed++)
                counted.merge(compare(seed), 1, Integer::sum);
            return counted;
        });

        System.out.println(endings);
        if (MODULES >= 10_000) {
            assertThat(endings.get("completed")).isGreaterThan((int) (MODULES / 2));
            assertThat(endings)
                    .containsKeys(
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
    }

    /// @return how the module's run ended
    private static String compare(long seed) {
        var module = RandomModule.of(seed);
        try {
            var parsed = Parser.parse(module.bytes());
            var code = ModuleLowering.lower(parsed, false);
            var interpreted = EngineRun.of(module, code, ExecutionMode.INTERPRETED, GAS);
            var oracle = OracleRun.of(module, parsed);

            assertThat(interpreted.ending()).isEqualTo(oracle.ending());
            if (oracle.ending().reason().equals("completed"))
                assertThat(interpreted.blocks()).isEqualTo(oracle.instructions());
            else assertThat(interpreted.blocks()).isGreaterThanOrEqualTo(oracle.instructions());
            return oracle.ending().reason();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(description(seed, module), e);
        }
    }

    private static String description(long seed, RandomModule module) {
        var description = "seed %d, arguments %s\n%s\n"
                .formatted(
                        seed,
                        java.util.Arrays.toString(module.arguments()),
                        HexFormat.of().formatHex(module.bytes()));
        try {
            return description + ModuleDump.of(Parser.parse(module.bytes()));
        } catch (RuntimeException e) {
            return description + e;
        }
    }
}
