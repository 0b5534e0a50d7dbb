package org.ambientvcp.wasm.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ambientvcp.wasm.Compilation;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.WasmModule;
import org.ambientvcp.wasm.machine.Traps;
import org.jspecify.annotations.Nullable;

/// Runs one test file in one mode.
final class SpecRun {
    private final String file;
    private final ExecutionMode mode;
    private final SpecTally tally;
    /// Null where a module could not be instantiated; [#why] then says why.
    private final List<@Nullable SpecModule> modules = new ArrayList<>();

    private final List<String> why = new ArrayList<>();
    private final Map<String, SpecModule> registered = new HashMap<>();

    SpecRun(String file, ExecutionMode mode, SpecTally tally) {
        this.file = file;
        this.mode = mode;
        this.tally = tally;
    }

    void run(List<SpecCommand> commands) {
        for (var command : commands) {
            try {
                run(command);
            } catch (NotApplicable e) {
                notApplicable(command, e.reason());
            } catch (RuntimeException | Error e) {
                failed(command, mode + " gives " + e);
            }
        }
    }

    private void run(SpecCommand command) throws NotApplicable {
        switch (command.kind()) {
            case "module" -> module(command);
            case "register" -> {
                var module = modules.get(command.number(1));
                if (module != null) registered.put(command.text(0), module);
            }
            case "invoke", "assert_return", "assert_return_get", "assert_trap", "assert_exhaustion" ->
                action(command, instantiated(command.number(0)));
            case "assert_uninstantiable" ->
                stops(
                        command,
                        Outcome.TRAPPED,
                        () -> SpecModule.of(command.bytes(0), mode, registered),
                        command.text(1));
            default -> {
                // The rest does not depend on the mode.
                if (mode == ExecutionMode.INTERPRETED) refusal(command);
            }
        }
    }

    private void module(SpecCommand command) throws NotApplicable {
        SpecModule module = null;
        var reason = "failed";
        try {
            module = SpecModule.of(command.bytes(0), mode, registered);
            passed(command);
        } catch (NotApplicable e) {
            reason = e.reason();
            throw e;
        } finally {
            modules.add(module);
            why.add(reason);
        }
    }

    private SpecModule instantiated(int index) throws NotApplicable {
        var module = modules.get(index);
        if (module == null) throw new NotApplicable("its module: " + why.get(index));
        if (module.isShared()) throw new NotApplicable("its module shares a memory, a table or a global with another");
        return module;
    }

    private void action(SpecCommand command, SpecModule module) throws NotApplicable {
        var name = command.text(1);
        switch (command.kind()) {
            case "assert_return" -> results(command, module.call(name, command.values(2)), command.values(3));
            case "assert_return_get" -> results(command, new long[] {module.global(name)}, command.values(2));
            case "invoke" -> {
                module.call(name, command.values(2));
                passed(command);
            }
            case "assert_trap" ->
                stops(command, Outcome.TRAPPED, () -> module.call(name, command.values(2)), command.text(3));
            case "assert_exhaustion" ->
                stops(command, Outcome.LIMIT_EXCEEDED, () -> module.call(name, command.values(2)), command.text(3));
            default -> throw new IllegalStateException(command.kind());
        }
    }

    private void results(SpecCommand command, long[] results, List<SpecValue> expected) {
        var slot = 0;
        var isSame = true;
        for (var value : expected) {
            isSame &= slot + value.slots() <= results.length && value.matches(results, slot);
            slot += value.slots();
        }
        if (isSame && slot == results.length) passed(command);
        else failed(command, "%s gives %s, not %s".formatted(mode, Arrays.toString(results), expected));
    }

    @FunctionalInterface
    private interface Call {
        @Nullable
        Object call() throws NotApplicable;
    }

    /// @param text the beginning of the reason; older tests name less than newer ones, and some nothing
    private void stops(SpecCommand command, Outcome outcome, Call call, String text) throws NotApplicable {
        try {
            call.call();
        } catch (RuntimeException e) {
            var stop = Traps.of(e);
            if (stop == null) throw e;
            var reason = String.valueOf(stop.reason());
            if (stop.outcome() == outcome && (reason.startsWith(text) || text.startsWith(reason))) passed(command);
            else failed(command, "%s gives %s: %s, not %s".formatted(mode, stop.outcome(), reason, text));
            return;
        }
        failed(command, mode + " goes on");
    }

    private void refusal(SpecCommand command) throws NotApplicable {
        switch (command.kind()) {
            case "assert_malformed_text" -> throw new NotApplicable("the module is a text");
            case "assert_invalid", "assert_malformed" -> refused(command);
            case "assert_unlinkable" -> unlinkable(command);
            default -> throw new IllegalStateException(command.kind());
        }
    }

    private void refused(SpecCommand command) throws NotApplicable {
        switch (WasmModule.compile(command.bytes(0))) {
            case Compilation.Compiled _ -> failed(command, "taken, the test says: " + command.text(1));
            case Compilation.Failed failed -> failed(command, failed.reason());
            case Compilation.Refused refused -> {
                if (!refused.reason().startsWith("malformed: ")
                        && !refused.reason().startsWith("not a WASM module: "))
                    throw new NotApplicable("refused for another reason, " + refused.reason());
                tally.passed(command.kind());
            }
        }
    }

    private void unlinkable(SpecCommand command) throws NotApplicable {
        try {
            SpecModule.of(command.bytes(0), mode, registered);
        } catch (NotApplicable e) {
            if (!e.reason().equals(NotApplicable.UNKNOWN_FUNCTION)) throw e;
            tally.passed(command.kind());
            return;
        }
        failed(command, "linked, the test says: " + command.text(1));
    }

    private void passed(SpecCommand command) {
        tally.passed(mode.name().toLowerCase(Locale.ROOT) + " " + command.kind());
    }

    private void failed(SpecCommand command, String how) {
        tally.failed(file, command, how);
    }

    private void notApplicable(SpecCommand command, String reason) {
        if (mode == ExecutionMode.INTERPRETED) tally.notApplicable(command.kind(), reason);
    }
}
