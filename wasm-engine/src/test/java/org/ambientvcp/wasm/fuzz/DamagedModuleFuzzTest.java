package org.ambientvcp.wasm.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.WasmModule;
import org.junit.jupiter.api.Test;

/// Damaged modules from a fixed seed, see [ModuleFuzzer]. `-Dvcp.fuzz.seed` and `-Dvcp.fuzz.modules` as in
/// [DifferentialFuzzTest].
class DamagedModuleFuzzTest {
    private static final List<String> CHECKED_IN = List.of(
            "bulk.wasm",
            "calls.wasm",
            "echo.wasm",
            "floats.wasm",
            "hostile.wasm",
            "program.wasm",
            "simd.wasm",
            "start.wasm",
            "wasi.wasm",
            "hostile/loops.wasm",
            "hostile/recursion.wasm");
    private static final int RANDOM = 20;
    private static final long FIRST_SEED = Long.getLong("vcp.fuzz.seed", 1);
    private static final long MODULES = Long.getLong("vcp.fuzz.modules", 8_000);

    @Test
    void whateverAModuleIsItEndsInTheSameOutcomeInBothModes() throws IOException {
        var originals = originals();
        var seen = new EnumMap<Outcome, Integer>(Outcome.class);
        var refused = 0;

        for (var seed = FIRST_SEED; seed < FIRST_SEED + MODULES; seed++) {
            var random = new SplittableRandom(seed);
            var damaged = new Damage(random, originals).of(originals.get(random.nextInt(originals.size())));
            try {
                var endings = ModuleFuzzer.endings(damaged);
                if (endings.isEmpty()) refused++;
                for (var ending : endings) seen.merge(ending.outcome(), 1, Integer::sum);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "seed %d %s".formatted(seed, HexFormat.of().formatHex(damaged)), e);
            }
        }

        System.out.println("damaged modules: " + refused + " refused, the others end with " + seen);
        if (MODULES < 8_000) return;
        assertThat(refused).isBetween((int) (MODULES / 3), (int) (MODULES * 9 / 10));
        assertThat(seen).containsKeys(Outcome.COMPLETED, Outcome.TRAPPED, Outcome.OUT_OF_GAS, Outcome.LIMIT_EXCEEDED);
    }

    @Test
    void everyOriginalRuns() throws IOException {
        for (var original : originals())
            assertThat(ModuleFuzzer.endings(original)).isNotEmpty();
    }

    private static List<byte[]> originals() throws IOException {
        var originals = new ArrayList<byte[]>();
        for (var name : CHECKED_IN) {
            try (var stream = Objects.requireNonNull(WasmModule.class.getResourceAsStream(name), name)) {
                originals.add(stream.readAllBytes());
            }
        }
        for (var seed = 1L; seed <= RANDOM; seed++) {
            originals.add(RandomModule.of(seed, RandomModule.FUEL, false).bytes());
            originals.add(LoopModule.of(seed).bytes());
        }
        return originals;
    }
}
