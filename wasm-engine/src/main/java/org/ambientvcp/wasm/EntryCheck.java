package org.ambientvcp.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a module can be entered as an invocation asks; throws why not.
final class EntryCheck {
    private static final String PROGRAM_NAME = "program";
    private static final String START = "_start";
    private static final String INITIALIZE = "_initialize";
    private static final String NO_ARGUMENTS = "() -> ()";
    private static final String VECTOR = "v128";
    private static final int ARGUMENTS = 1_024;
    private static final int ARGUMENT_BYTES = 65_536;

    private EntryCheck() {}

    /// The export to call.
    static ExportedFunction function(WasmModule module, Entry entry) throws Refusal {
        return switch (entry) {
            case Entry.Call call -> called(module, call);
            case Entry.Program program -> {
                var start = module.exportedFunction(START);
                if (start == null || !start.type().equals(NO_ARGUMENTS))
                    throw new Refusal("the module exports no function _start of type () -> ()");
                yield start;
            }
        };
    }

    /// What the module wants to be called before the entry, null if nothing.
    static @Nullable ExportedFunction initialize(WasmModule module, Entry entry) {
        if (!(entry instanceof Entry.Call call) || call.function().equals(INITIALIZE)) return null;
        var function = module.exportedFunction(INITIALIZE);
        return function != null && function.type().equals(NO_ARGUMENTS) ? function : null;
    }

    /// What the program sees as its arguments: its name and the given ones, each UTF-8 with a NUL behind.
    static List<byte[]> argumentBytes(Entry entry) throws Refusal {
        var texts = new ArrayList<String>();
        texts.add(PROGRAM_NAME);
        if (entry instanceof Entry.Program program) texts.addAll(program.arguments());
        if (texts.size() - 1 > ARGUMENTS) throw new Refusal("more than " + ARGUMENTS + " arguments");
        var bytes = new ArrayList<byte[]>();
        var total = 0L;
        for (var text : texts) {
            if (text.indexOf('\0') >= 0) throw new Refusal("an argument contains NUL");
            var argument = (text + '\0').getBytes(UTF_8);
            total += argument.length;
            bytes.add(argument);
        }
        if (total > ARGUMENT_BYTES) throw new Refusal("more than " + ARGUMENT_BYTES + " bytes of arguments");
        return List.copyOf(bytes);
    }

    private static ExportedFunction called(WasmModule module, Entry.Call call) throws Refusal {
        var function = module.exportedFunction(call.function());
        if (function == null) throw new Refusal("the module exports no function " + call.function());
        if (function.parameters().contains(VECTOR) || function.results().contains(VECTOR))
            throw new Refusal("function " + call.function()
                    + " has v128 in its type, which cannot be passed from outside: " + function.type());
        for (var result : function.results())
            if (result.endsWith("ref"))
                throw new Refusal("function " + call.function() + " returns a reference: " + function.type());
        var given = call.arguments().stream().map(value -> value.type().text()).toList();
        if (!function.parameters().equals(given))
            throw new Refusal("function " + call.function() + " takes " + list(function.parameters()) + ", given is "
                    + list(given));
        return function;
    }

    private static String list(List<String> types) {
        return "(" + String.join(", ", types) + ")";
    }
}
