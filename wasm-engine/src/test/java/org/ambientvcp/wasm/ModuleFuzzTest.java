package org.ambientvcp.wasm;

import static org.ambientvcp.wasm.Modules.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Damaged modules, from a fixed seed: whatever they are, taking them in and running them ends in an outcome, and in
/// the same one when it is done again.
class ModuleFuzzTest {
    private static final List<String> NAMES =
            List.of("calls", "floats", "hostile", "bulk", "echo", "wasi", "start", "program", "sha256");
    private static final RunLimits LIMITS = new RunLimits(32, 20_000, 60_000, 4_096);

    @Test
    void everyDamagedModuleGivesAnOutcome() {
        var random = new Random(20_261_122);
        var seen = new EnumMap<Outcome, Integer>(Outcome.class);
        var refused = 0;
        for (var i = 0; i < 4_000; i++) {
            var original = Modules.bytes(NAMES.get(i % NAMES.size()));
            var damaged = damage(original, random);
            switch (WasmModule.compile(damaged)) {
                case Compilation.Refused _ -> refused++;
                case Compilation.Failed failed -> throw new AssertionError(i + ": " + failed.reason());
                case Compilation.Compiled compiled -> runAll(i, compiled.module(), seen);
            }
        }
        assertThat(refused).isBetween(500, 3_900);
        assertThat(seen).containsKeys(Outcome.COMPLETED, Outcome.TRAPPED, Outcome.OUT_OF_GAS);
    }

    @Test
    void everyTruncatedModuleIsRefused() {
        for (var name : List.of("calls", "hostile", "wasi")) {
            var whole = Modules.bytes(name);
            for (var length = 9; length < whole.length; length++) {
                var cut = WasmModule.compile(Arrays.copyOf(whole, length));
                // A cut between two sections leaves a module, if nothing in it refers to what is missing.
                if (cut instanceof Compilation.Compiled compiled)
                    assertThat(compiled.module().exports()).isEmpty();
                else assertThat(cut).isInstanceOf(Compilation.Refused.class);
            }
        }
    }

    private static void runAll(int index, WasmModule module, Map<Outcome, Integer> seen) {
        for (var export : module.exports()) {
            if (!export.kind().equals("function") || module.exports().size() > 40) continue;
            var invocation = new Invocation(entry(module, export), Bytes.of(new byte[9]), LIMITS, 0, Modules.SEED);
            var execution = ENGINE.run(module, invocation);
            seen.merge(execution.outcome(), 1, Integer::sum);
            assertThat(execution.outcome())
                    .as("module %d, export %s: %s", index, export.name(), execution.reason())
                    .matches(Outcome::isDeterministic);
            if (index % 8 == 0) assertThat(Modules.run(module, invocation)).isEqualTo(execution);
        }
    }

    private static Entry entry(WasmModule module, ModuleExport export) {
        if (export.name().equals("_start")) return new Entry.Program("a");
        var type = module.exportedFunction(export.name());
        if (type == null || type.parameters().stream().anyMatch(parameter -> parameter.endsWith("ref")))
            return new Entry.Call(export.name());
        return new Entry.Call(
                export.name(),
                type.parameters().stream()
                        .map(parameter -> new Value(ValueType.ofText(parameter), 3))
                        .toList());
    }

    /// Flips bits, sets bytes, cuts pieces out or doubles them.
    private static byte[] damage(byte[] original, RandomGenerator random) {
        var bytes = original.clone();
        for (var changes = random.nextInt(1, 4); changes > 0; changes--) {
            var at = random.nextInt(8, bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = (byte) (bytes[at] + random.nextInt(-2, 3));
                default -> bytes = move(bytes, at, random);
            }
        }
        return bytes;
    }

    private static byte[] move(byte[] bytes, int at, RandomGenerator random) {
        var length = Math.min(random.nextInt(1, 9), bytes.length - at);
        var piece = Arrays.copyOfRange(bytes, at, at + length);
        var rest = Arrays.copyOfRange(bytes, at + length, bytes.length);
        var head = Arrays.copyOf(bytes, at);
        return random.nextBoolean() ? ModuleWriter.concat(head, rest) : ModuleWriter.concat(head, piece, piece, rest);
    }
}
