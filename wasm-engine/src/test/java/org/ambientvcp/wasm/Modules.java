package org.ambientvcp.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// The assembled test modules and the invocations the tests begin with.
final class Modules {
    static final WasmEngine ENGINE = new WasmEngine(System::nanoTime);
    static final long NOON = 1_750_000_000_000L;
    static final Bytes SEED = Bytes.of(new byte[Invocation.SEED_BYTES]);
    static final RunLimits LIMITS = new RunLimits(64, 100_000_000, 60_000, 1 << 20);

    private Modules() {}

    static byte[] bytes(String name) {
        try (var stream = Modules.class.getResourceAsStream(name + ".wasm")) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static WasmModule module(String name) {
        return module(bytes(name));
    }

    static WasmModule module(byte[] bytes) {
        return switch (WasmModule.compile(bytes)) {
            case Compilation.Compiled compiled -> compiled.module();
            case Compilation.Refused refused -> throw new AssertionError(refused.reason());
            case Compilation.Failed failed -> throw new AssertionError(failed.reason());
        };
    }

    static Invocation call(String function, Value... arguments) {
        return call(LIMITS, function, arguments);
    }

    static Invocation call(RunLimits limits, String function, Value... arguments) {
        return new Invocation(new Entry.Call(function, arguments), Bytes.EMPTY, limits, NOON, SEED);
    }

    static Invocation program(String input, String... arguments) {
        return new Invocation(new Entry.Program(arguments), Bytes.of(input.getBytes(UTF_8)), LIMITS, NOON, SEED);
    }

    static Execution run(String module, Invocation invocation) {
        return run(module(module), invocation);
    }

    /// Runs in every mode; all give the same.
    static Execution run(WasmModule module, Invocation invocation) {
        var execution = ENGINE.run(module, invocation);
        for (var mode : ExecutionMode.values())
            assertThat(new WasmEngine(System::nanoTime, mode).run(module, invocation))
                    .as(mode.name())
                    .isEqualTo(execution);
        return execution;
    }

    static Execution run(String module, String function, Value... arguments) {
        return run(module, call(function, arguments));
    }

    static String text(Bytes bytes) {
        return new String(bytes.toArray(), UTF_8);
    }
}
