package org.ambientvcp.wasm.fuzz;

import java.util.List;

/// The instructions that change something, and those of memory and tables that give a value.
final class StatementGenerator {
    private static final int PAGE_BYTES = 65_536;

    private final Plan plan;
    private final BodyGenerator body;
    private final Binary out;
    private final List<Type> locals;

    StatementGenerator(Plan plan, BodyGenerator body, Binary out, List<Type> locals) {
        this.plan = plan;
        this.body = body;
        this.out = out;
        this.locals = locals;
    }

    /// Any one, which leaves the stack as it was.
    void write(int depth) {
        switch (plan.random.nextInt(16)) {
            case 0, 1, 2 -> {
                var local = plan.random.nextInt(locals.size() + 1);
                if (local == locals.size()) {
                    out.octets(0x01);
                } else {
                    body.value(locals.get(local), depth);
                    out.octets(0x21).unsigned(local);
                }
            }
            case 3, 4 -> {
                var global = plan.random.nextInt(1, plan.globals.size());
                body.value(plan.globals.get(global), depth);
                out.octets(0x24).unsigned(global);
            }
            case 5, 6, 7, 8 -> store(depth);
            case 9 -> {
                body.value(plan.anyType(), depth);
                out.octets(0x1a);
            }
            case 10 -> bulkMemory(depth);
            case 11 -> table(depth);
            case 12 -> callIndirect(depth);
            case 13 -> {
                sizeOrGrow(depth);
                body.consume(Type.I32);
            }
            default -> {
                var function = plan.random.nextInt(plan.functions.size());
                call(function, depth);
                consumeAll(plan.functions.get(function).results());
            }
        }
    }

    /// Mostly inside of the first page.
    void address(int depth) {
        switch (plan.random.nextInt(40)) {
            case 0 -> body.value(Type.I32, depth);
            case 1, 2, 3 -> body.constant(plan.random.nextInt(PAGE_BYTES - 40_000));
            case 4 -> body.constant(PAGE_BYTES - plan.random.nextInt(12));
            default -> {
                body.value(Type.I32, depth);
                body.constant(0x7fff);
                out.octets(0x71);
            }
        }
    }

    /// Alignment and offset of a load or store.
    ///
    /// @param alignment the largest, as an exponent
    /// @param bytes about how many are moved
    void memoryArgument(int alignment, int bytes) {
        out.unsigned(plan.random.nextInt(alignment + 1));
        out.unsigned(
                switch (plan.random.nextInt(60)) {
                    // Endive's sums overflow.
                    case 0 -> plan.isForEndive ? 0x7000_0000 : 0xffff_ffffL;
                    case 1 -> plan.isForEndive ? 0x1_0000 : 0x7fff_ffffL;
                    case 2 -> PAGE_BYTES - plan.random.nextInt(bytes + 2);
                    default -> plan.once(2) ? 0 : plan.random.nextInt(0x7000);
                });
    }

    private void store(int depth) {
        if (plan.hasVectors && plan.once(3)) {
            body.storeVector(depth);
            return;
        }
        var type = plan.any(Type.NUMBERS);
        address(depth - 1);
        body.value(type, depth);
        var op = plan.any(Instructions.stores(type));
        out.octets(op);
        memoryArgument(Instructions.alignment(op), Long.BYTES);
    }

    private void length() {
        body.constant(plan.once(30) ? Constants.i32(plan.random) : plan.random.nextInt(20));
    }

    /// A number of elements; Endive does not check where none go.
    private void few() {
        body.constant(plan.random.nextInt(plan.isForEndive ? 1 : 0, 3));
    }

    private void bulkMemory(int depth) {
        switch (plan.random.nextInt(7)) {
            case 0, 1 -> {
                address(depth - 1);
                body.value(Type.I32, depth - 1);
                length();
                out.octets(0xfc, 11, 0);
            }
            case 2, 3, 4 -> {
                address(depth - 1);
                address(depth - 1);
                length();
                out.octets(0xfc, 10, 0, 0);
            }
            case 5 -> {
                var segment = passive(plan.data.size());
                address(depth - 1);
                var bytes = plan.data.get(segment);
                var from = plan.random.nextInt(bytes + 1);
                body.constant(from);
                body.constant(plan.once(20) ? bytes + 1 : plan.random.nextInt(bytes - from + 1));
                out.octets(0xfc, 8).unsigned(segment).octets(0);
            }
            default -> {
                if (plan.once(4)) out.octets(0xfc, 9).unsigned(plan.random.nextInt(plan.data.size()));
                else store(depth);
            }
        }
    }

    /// A segment, seldom the first one, which is active and so of no use.
    private int passive(int segments) {
        return segments == 1 || plan.once(10) ? 0 : plan.random.nextInt(1, segments);
    }

    private int tableOf(Type type) {
        var tables = BodyGenerator.indices(plan.tables, type);
        return tables.isEmpty() ? -1 : plan.any(tables);
    }

    private void index() {
        body.constant(plan.once(30) ? Constants.i32(plan.random) : plan.random.nextInt(plan.elements.length));
    }

    /// A reference out of a table.
    void tableGet(Type type, int depth) {
        var table = tableOf(type);
        if (table < 0) {
            body.constant(type);
            return;
        }
        if (plan.once(3)) {
            body.value(Type.I32, depth - 1);
            body.constant(plan.elements.length);
            out.octets(0x70);
        } else {
            index();
        }
        out.octets(0x25).unsigned(table);
    }

    private void table(int depth) {
        var table = plan.random.nextInt(plan.tables.size());
        var type = plan.tables.get(table);
        switch (plan.random.nextInt(6)) {
            case 0, 1 -> {
                index();
                body.value(type, depth - 1);
                out.octets(0x26).unsigned(table);
            }
            case 2 -> {
                index();
                body.value(type, depth - 1);
                few();
                out.octets(0xfc, 17).unsigned(table);
            }
            case 3 -> {
                var from = tableOf(type);
                index();
                index();
                few();
                out.octets(0xfc, 14).unsigned(table).unsigned(from);
            }
            case 4 -> {
                var segment = passive(plan.segments.size());
                index();
                var count = plan.segments.get(segment);
                var from = plan.random.nextInt(count + 1);
                body.constant(from);
                body.constant(plan.once(20) ? count + 1 : plan.random.nextInt(count - from + 1));
                out.octets(0xfc, 12).unsigned(segment).unsigned(0);
            }
            default -> {
                if (plan.once(4)) out.octets(0xfc, 13).unsigned(plan.random.nextInt(plan.segments.size()));
            }
        }
    }

    /// Gives an i32: a size, what growing gave, or whether a reference is null.
    void sizeOrGrow(int depth) {
        var table = plan.random.nextInt(plan.tables.size());
        switch (plan.random.nextInt(6)) {
            case 0, 1 -> out.octets(0x3f, 0);
            case 2 -> {
                if (plan.once(4)) body.constant(Constants.i32(plan.random));
                else body.constant(plan.random.nextInt(2));
                out.octets(0x40, 0);
            }
            case 3 -> out.octets(0xfc, 16).unsigned(table);
            case 4 -> {
                body.value(plan.tables.get(table), depth - 1);
                if (plan.once(4)) body.constant(Constants.i32(plan.random));
                else body.constant(plan.random.nextInt(4));
                out.octets(0xfc, 15).unsigned(table);
            }
            default -> {
                body.value(plan.once(2) ? Type.FUNCREF : Type.EXTERNREF, depth - 1);
                out.octets(0xd1);
            }
        }
    }

    /// Leaves the results on the stack.
    void call(int function, int depth) {
        var shape = plan.functions.get(function);
        if (function < Plan.HOSTS.size()) hostArguments(shape, depth);
        else body.values(shape.parameters(), depth - 1);
        out.octets(0x10).unsigned(function);
    }

    private void hostArguments(FunctionShape shape, int depth) {
        for (var i = 0; i < shape.parameters().size(); i++) {
            if (i == 0) address(depth - 1);
            else body.constant(plan.random.nextInt(20));
        }
    }

    private void callIndirect(int depth) {
        var element = plan.random.nextInt(plan.elements.length);
        var function = plan.elements[element];
        if (function < 0 || plan.once(20)) function = plan.random.nextInt(plan.functions.size());
        var shape = plan.functions.get(function);
        if (function < Plan.HOSTS.size()) hostArguments(shape, depth);
        else body.values(shape.parameters(), depth - 1);
        if (plan.once(20)) body.value(Type.I32, depth - 1);
        else body.constant(element);
        out.octets(0x11).unsigned(plan.typeIndex(shape)).unsigned(0);
        consumeAll(shape.results());
    }

    private void consumeAll(List<Type> types) {
        for (var i = types.size() - 1; i >= 0; i--) body.consume(types.get(i));
    }
}
