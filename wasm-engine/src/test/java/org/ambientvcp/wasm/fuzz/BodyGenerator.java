package org.ambientvcp.wasm.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.wasm.code.Op;

/// Writes one random function body that is valid by construction: [#value] leaves a value of the wanted type on the
/// stack, a statement leaves the stack as it was. Statements also come between the operands of other instructions, so
/// that branches find values on the stack that they have to drop.
final class BodyGenerator {
    private static final int VOID = 0x40;

    /// A block that may be branched to, with the values a branch takes along.
    private record Label(List<Type> types) {}

    private final Plan plan;
    private final FunctionShape shape;
    private final List<Type> locals;
    private final Binary out = new Binary();
    private final List<Label> labels = new ArrayList<>();
    private final StatementGenerator statements;
    private final VectorGenerator vectors;
    private int budget;

    /// @param locals with the parameters
    /// @param budget about how many instructions
    BodyGenerator(Plan plan, FunctionShape shape, List<Type> locals, int budget) {
        this.plan = plan;
        this.shape = shape;
        this.locals = locals;
        this.budget = budget;
        this.statements = new StatementGenerator(plan, this, out, locals);
        this.vectors = new VectorGenerator(plan, this, statements, out);
    }

    byte[] generate() {
        labels.add(new Label(shape.results()));
        burnFuel();
        statements(3);
        values(shape.results(), 5);
        out.octets(0x0b);
        return out.toArray();
    }

    /// Returns at once if the fuel is used up, with zeros for results.
    private void burnFuel() {
        out.octets(0x23, Plan.FUEL, 0x41, 1, 0x6b, 0x24, Plan.FUEL);
        out.octets(0x23, Plan.FUEL, 0x41, 0, 0x48, 0x04, VOID);
        shape.results().forEach(this::zero);
        out.octets(0x0f, 0x0b);
    }

    private void zero(Type type) {
        switch (type) {
            case I32 -> out.octets(0x41, 0);
            case I64 -> out.octets(0x42, 0);
            case F32 -> out.octets(0x43).fixed(0, 4);
            case F64 -> out.octets(0x44).fixed(0, 8);
            case V128 -> vectors.zero();
            case FUNCREF, EXTERNREF -> out.octets(0xd0, type.code);
        }
    }

    void values(List<Type> types, int depth) {
        for (var type : types) {
            if (plan.once(12)) statement(depth - 1);
            value(type, depth);
        }
    }

    void statements(int depth) {
        for (var count = plan.random.nextInt(1, 5); count > 0; count--) statement(depth);
    }

    void statement(int depth) {
        if (--budget < 0 || depth <= 0) return;
        switch (plan.random.nextInt(16)) {
            case 0, 1 -> block(List.of(), depth);
            case 2 -> {
                var results = plan.types(plan.random.nextInt(1, 4));
                block(results, depth);
                for (var i = results.size() - 1; i >= 0; i--) consume(results.get(i));
            }
            case 3, 4 -> branchIf(depth);
            case 5 -> {
                if (plan.once(6)) leave(depth);
                else statements.write(depth);
            }
            default -> statements.write(depth);
        }
    }

    void value(Type type, int depth) {
        if (--budget < 0 || depth <= 0) {
            leaf(type);
            return;
        }
        switch (plan.random.nextInt(20)) {
            case 0, 1, 2, 3 -> leaf(type);
            case 4, 5 -> block(List.of(type), depth);
            case 6 -> select(type, depth);
            case 7 -> tee(type, depth);
            case 8, 9 -> call(type, depth);
            case 10 -> branchIfWith(type, depth);
            case 11 -> {
                if (plan.once(12)) leave(depth);
                else value(type, depth - 1);
            }
            case 12, 13 -> load(type, depth);
            default -> compute(type, depth);
        }
    }

    private void leaf(Type type) {
        var owned = indices(locals, type);
        var global = indices(plan.globals, type);
        switch (plan.random.nextInt(4)) {
            case 0, 1 -> {
                if (!owned.isEmpty()) out.octets(0x20).unsigned(plan.any(owned));
                else constant(type);
            }
            case 2 -> {
                if (!global.isEmpty()) out.octets(0x23).unsigned(plan.any(global));
                else constant(type);
            }
            default -> constant(type);
        }
    }

    void constant(Type type) {
        var random = plan.random;
        switch (type) {
            case I32 -> out.octets(0x41).signed(Constants.i32(random));
            case I64 -> out.octets(0x42).signed(Constants.i64(random));
            case F32 -> out.octets(0x43).fixed(Constants.f32(random), 4);
            case F64 -> out.octets(0x44).fixed(Constants.f64(random), 8);
            case V128 -> vectors.constant();
            case FUNCREF -> {
                if (plan.once(3)) zero(type);
                else out.octets(0xd2).unsigned(random.nextInt(plan.functions.size()));
            }
            case EXTERNREF -> zero(type);
        }
    }

    void constant(int number) {
        out.octets(0x41).signed(number);
    }

    private void compute(Type type, int depth) {
        if (type.isReference()) {
            statements.tableGet(type, depth);
            return;
        }
        if (type == Type.V128) {
            vectors.compute(depth);
            return;
        }
        if (type == Type.I32 && plan.once(8)) {
            statements.sizeOrGrow(depth);
            return;
        }
        if (plan.hasVectors && plan.once(4)) {
            vectors.number(type, depth);
            return;
        }
        var op = plan.any(Instructions.numeric(type));
        while (Instructions.trapsOnConversion(op) && !plan.once(6)) op = plan.any(Instructions.numeric(type));
        var operand = Instructions.type(Op.operandKind(op));
        value(operand, depth - 1);
        if (Op.operands(op) == 2) {
            if (plan.once(16)) statement(depth - 1);
            value(operand, depth - 1);
            if (Instructions.divides(op) && !plan.once(8)) {
                if (operand == Type.I32) out.octets(0x41, 1, 0x72);
                else out.octets(0x42, 1, 0x84);
            }
        }
        if (op > 0xff) out.octets(0xfc, op - 0x100);
        else out.octets(op);
    }

    private void load(Type type, int depth) {
        if (type.isReference()) {
            leaf(type);
            return;
        }
        if (type == Type.V128) {
            vectors.load(depth);
            return;
        }
        statements.address(depth - 1);
        var op = plan.any(Instructions.loads(type));
        out.octets(op);
        statements.memoryArgument(Instructions.alignment(op), Long.BYTES);
    }

    private void select(Type type, int depth) {
        value(type, depth - 1);
        value(type, depth - 1);
        value(Type.I32, depth - 1);
        if (type.isReference() || plan.once(4)) out.octets(0x1c, 1, type.code);
        else out.octets(0x1b);
    }

    private void tee(Type type, int depth) {
        value(type, depth - 1);
        var owned = indices(locals, type);
        if (!owned.isEmpty()) out.octets(0x22).unsigned(plan.any(owned));
    }

    private void call(Type type, int depth) {
        var callable = new ArrayList<Integer>();
        for (var i = 0; i < plan.functions.size(); i++)
            if (plan.functions.get(i).results().equals(List.of(type))) callable.add(i);
        if (callable.isEmpty()) leaf(type);
        else statements.call(plan.any(callable), depth);
    }

    /// Any block with these results, with parameters or without.
    private void block(List<Type> results, int depth) {
        var parameters = plan.once(3) && !plan.isForEndive ? plan.types(plan.random.nextInt(1, 4)) : List.<Type>of();
        values(parameters, depth - 1);
        // Endive's interpreter takes the results of a loop along when it branches to it.
        switch (plan.random.nextInt(3)) {
            case 0 -> open(0x02, parameters, results, depth);
            case 1 -> open(plan.isForEndive && results.size() > 1 ? 0x02 : 0x03, parameters, results, depth);
            default -> {
                value(Type.I32, depth - 1);
                open(0x04, parameters, results, depth);
            }
        }
    }

    private void open(int op, List<Type> parameters, List<Type> results, int depth) {
        out.octets(op);
        if (parameters.isEmpty() && results.isEmpty()) out.octets(VOID);
        else if (parameters.isEmpty() && results.size() == 1 && !plan.once(4)) out.octets(results.getFirst().code);
        else out.signed(plan.typeIndex(new FunctionShape(parameters, results)));
        labels.add(new Label(op == 0x03 ? parameters : results));
        inside(op == 0x03, parameters, results, depth);
        var needsElse = !parameters.equals(results) || plan.once(2);
        if (op == 0x04 && needsElse) {
            out.octets(0x05);
            inside(false, parameters, results, depth);
        }
        out.octets(0x0b);
        labels.removeLast();
    }

    private void inside(boolean isLoop, List<Type> parameters, List<Type> results, int depth) {
        if (isLoop) burnFuel();
        for (var i = parameters.size() - 1; i >= 0; i--) consume(parameters.get(i));
        statements(depth - 1);
        if (isLoop && plan.once(2)) {
            values(parameters, depth - 1);
            value(Type.I32, depth - 1);
            out.octets(0x0d, 0);
            for (var i = parameters.size() - 1; i >= 0; i--) consume(parameters.get(i));
        }
        values(results, depth - 1);
    }

    void storeVector(int depth) {
        vectors.store(depth);
    }

    /// Takes a value from the stack.
    void consume(Type type) {
        var owned = indices(locals, type);
        if (!owned.isEmpty() && plan.once(2)) out.octets(0x21).unsigned(plan.any(owned));
        else out.octets(0x1a);
    }

    /// Goes somewhere else, for good.
    private void leave(int depth) {
        switch (plan.random.nextInt(4)) {
            case 0 -> {
                values(shape.results(), depth - 1);
                out.octets(0x0f);
            }
            case 1 -> branchTable(depth);
            case 2 -> {
                if (plan.once(4)) out.octets(0x00);
                else branch(depth);
            }
            default -> branch(depth);
        }
        // What follows can never run, and may take from the stack what is not there.
        if (plan.once(3)) statement(depth - 1);
    }

    private void branch(int depth) {
        var target = plan.random.nextInt(labels.size());
        values(label(target).types(), depth - 1);
        out.octets(0x0c).unsigned(target);
    }

    private void branchTable(int depth) {
        var last = plan.random.nextInt(labels.size());
        var same = new ArrayList<Integer>();
        for (var i = 0; i < labels.size(); i++) if (label(i).equals(label(last))) same.add(i);
        values(label(last).types(), depth - 1);
        value(Type.I32, depth - 1);
        var count = plan.random.nextInt(6);
        out.octets(0x0e).unsigned(count);
        for (var i = 0; i < count; i++) out.unsigned(plan.any(same));
        out.unsigned(last);
    }

    private void branchIf(int depth) {
        var target = plan.random.nextInt(labels.size());
        var types = label(target).types();
        values(types, depth - 1);
        value(Type.I32, depth - 1);
        out.octets(0x0d).unsigned(target);
        for (var i = types.size() - 1; i >= 0; i--) consume(types.get(i));
    }

    private void branchIfWith(Type type, int depth) {
        value(type, depth - 1);
        for (var i = 0; i < labels.size(); i++) {
            if (!label(i).types().equals(List.of(type)) || plan.once(3)) continue;
            value(Type.I32, depth - 1);
            out.octets(0x0d).unsigned(i);
            return;
        }
    }

    private Label label(int depth) {
        return labels.get(labels.size() - 1 - depth);
    }

    static List<Integer> indices(List<Type> types, Type type) {
        var found = new ArrayList<Integer>();
        for (var i = 0; i < types.size(); i++) if (types.get(i) == type) found.add(i);
        return found;
    }
}
