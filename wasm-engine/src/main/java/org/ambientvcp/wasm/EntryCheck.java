package org.ambientvcp.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Whether a module can be entered as an invocation asks; throws why not.
final class EntryCheck {
    private static final String PROGRAM_NAME = "program";
    private static final String START = "_start";
    private static final String NO_ARGUMENTS = "() -> ()";
    private static final int ARGUMENTS = 1_024;
    private static final int ARGUMENT_BYTES = 65_536;

    private EntryCheck() {}

    /// The export to call.
    static String function(WasmModule module, Entry entry) throws Refusal {
        return switch (entry) {
            case Entry.Call call -> {
                arguments(module, call);
                yield call.function();
            }
            case Entry.Program program -> {
                var type = module.exportedFunction(START);
                if (type == null || !TypeText.of(type).equals(NO_ARGUMENTS))
                    throw new Refusal("the module exports no function _start of type () -> ()");
                yield START;
            }
        };
    }

    /// Whether the module wants to be set up before a function is called.
    static boolean isReactor(WasmModule module, Entry entry) {
        var type = module.exportedFunction("_initialize");
        return entry instanceof Entry.Call call
                && !call.function().equals("_initialize")
                && type != null
                && TypeText.of(type).equals(NO_ARGUMENTS);
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

    private static void arguments(WasmModule module, Entry.Call call) throws Refusal {
        var type = module.exportedFunction(call.function());
        if (type == null) throw new Refusal("the module exports no function " + call.function());
        for (var value : type.returns())
            if (value.isReference())
                throw new Refusal("function " + call.function() + " returns a reference: " + TypeText.of(type));
        var takes = type.params().stream().map(TypeText::of).collect(Collectors.joining(", ", "(", ")"));
        var given =
                call.arguments().stream().map(value -> value.type().text()).collect(Collectors.joining(", ", "(", ")"));
        if (!takes.equals(given))
            throw new Refusal("function " + call.function() + " takes " + takes + ", given is " + given);
    }
}
