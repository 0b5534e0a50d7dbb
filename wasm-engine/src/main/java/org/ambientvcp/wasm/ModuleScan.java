package org.ambientvcp.wasm;

/// A first look at a module's sections that allocates nothing: it refuses what would cost the parser more heap or time
/// than a module of that size is worth (a dozen bytes can declare 50,000 locals), and features this engine does not
/// have. Everything else is left to the parser and its validation.
final class ModuleScan {
    static final int MODULE_BYTES = 16 << 20;
    static final int CODE_BYTES = 4 << 20;
    /// The validator goes on after an error, so one function's stack can grow by as much as its bytes can push.
    static final int FUNCTION_BYTES = 1 << 20;
    static final int OTHER_SECTION_BYTES = 1 << 20;
    static final int PARAMETERS = 128;
    static final int RESULTS = 16;
    static final int FUNCTION_LOCALS = 50_000;
    static final int MODULE_LOCALS = 1 << 22;
    static final int TABLES = 16;
    static final int CUSTOM_SECTIONS = 1_000;

    private final byte[] module;
    private final Cursor in;
    private final CodeScan code;
    private long moduleLocals;
    private int customSections;

    private ModuleScan(byte[] module) {
        this.module = module;
        this.in = new Cursor(module);
        this.code = new CodeScan(module);
        in.position = ModuleHeader.BYTES;
    }

    static void check(byte[] module) throws Refusal {
        ModuleHeader.check(module);
        if (module.length > MODULE_BYTES)
            throw new Refusal("the module has " + module.length + " bytes, the limit is " + MODULE_BYTES);
        new ModuleScan(module).sections();
    }

    private void sections() throws Refusal {
        while (in.position < module.length) {
            var id = in.next();
            var size = in.number();
            var end = in.position + size;
            if (end > module.length) throw new Refusal("malformed: section " + id + " reaches behind the module's end");
            section(id, size, (int) end);
            in.position = (int) end;
        }
    }

    private void section(int id, long size, int end) throws Refusal {
        // Data and custom sections may be larger: what they cost are their bytes.
        if (id != 0 && id != 10 && id != 11) within(size, OTHER_SECTION_BYTES, "bytes in section " + id);
        var lengths = new LengthScan(in, code, end);
        switch (id) {
            case 0 -> {
                within(++customSections, CUSTOM_SECTIONS, "custom sections");
                lengths.custom();
            }
            case 2 -> lengths.imports();
            case 7 -> lengths.exports();
            case 9 -> lengths.elements();
            case 11 -> lengths.data();
            case 1 -> types();
            case 4 -> within(in.number(), TABLES, "tables");
            case 5 -> memories();
            case 10 -> {
                within(size, CODE_BYTES, "bytes of code");
                bodies();
            }
            case 13 -> throw new Refusal("exception handling is not supported");
            default -> {}
        }
    }

    private void types() throws Refusal {
        for (var left = in.number(); left > 0; left--) {
            var form = in.next();
            if (form != 0x60) throw new Refusal("a type that is not a function's, form " + form + ", is not supported");
            valueTypes(PARAMETERS, "parameters");
            valueTypes(RESULTS, "results");
        }
    }

    private void valueTypes(int most, String what) throws Refusal {
        var count = in.number();
        within(count, most, what);
        var slots = 0L;
        for (; count > 0; count--) slots += valueType();
        within(slots, most, what);
    }

    /// @return 2 for a v128, which counts as two values, 1 for others
    private int valueType() throws Refusal {
        var type = in.next();
        return switch (type) {
            case 0x7f, 0x7e, 0x7d, 0x7c, 0x70, 0x6f -> 1;
            case 0x7b -> 2;
            default -> throw new Refusal("value type " + type + " is not supported");
        };
    }

    private void memories() throws Refusal {
        var count = in.number();
        if (count > 1) throw new Refusal("more than one memory is not supported");
        if (count == 0) return;
        var flags = in.next();
        if ((flags & 2) != 0) throw new Refusal("threads are not supported: the memory is shared");
        if ((flags & 4) != 0) throw new Refusal("64-bit memory is not supported");
    }

    private void bodies() throws Refusal {
        for (var left = in.number(); left > 0; left--) {
            var size = in.number();
            within(size, FUNCTION_BYTES, "bytes in a function");
            var end = in.position + size;
            if (end > module.length) throw new Refusal("malformed: a function reaches behind the module's end");
            var locals = 0L;
            for (var groups = in.number(); groups > 0; groups--) {
                var count = in.number();
                locals += count * valueType();
                within(locals, FUNCTION_LOCALS, "locals in a function");
            }
            moduleLocals += locals;
            within(moduleLocals, MODULE_LOCALS, "locals in all functions");
            code.function(in.position, (int) end);
            in.position = (int) end;
        }
    }

    private static void within(long count, int most, String what) throws Refusal {
        if (count > most) throw new Refusal("more than " + most + " " + what);
    }
}
