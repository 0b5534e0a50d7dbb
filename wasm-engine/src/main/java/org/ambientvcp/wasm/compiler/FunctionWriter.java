package org.ambientvcp.wasm.compiler;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.code.Kind;
import org.ambientvcp.wasm.code.Op;
import org.ambientvcp.wasm.machine.Stop;
import org.ambientvcp.wasm.machine.Traps;
import org.jspecify.annotations.Nullable;

/// Writes the method of one function: takes its slots, reads memory, gas and path into locals, then goes through the
/// flat code once.
final class FunctionWriter {
    private static final int I32_EQZ = 0x45;
    private static final MethodTypeDesc STOP = MethodTypeDesc.of(Types.of(Stop.class));
    private static final ClassDesc TRAPS = Types.of(Traps.class);

    private final Body body;
    private final CodeBuilder out;
    private final int[] code;
    private final Locals locals;
    private final OperandStack operands;
    private final Metering metering;
    private final Jumps jumps;
    private final Loops loops;
    private final Memory memory;
    private final Calls calls;
    private final Resources resources;
    /// A comparison that is the top operand but has not been made yet.
    private @Nullable Condition pending;

    private FunctionWriter(Body body, Callees callees) {
        this.body = body;
        this.out = body.out();
        this.code = body.function().code();
        this.locals = body.locals();
        this.operands = body.operands();
        this.metering = new Metering(body);
        this.jumps = new Jumps(body);
        this.loops = new Loops(body, metering, jumps);
        this.memory = new Memory(body);
        this.calls = new Calls(body, metering, callees);
        this.resources = new Resources(body, metering);
    }

    /// @throws IllegalArgumentException if the JVM's limits of a method do not hold it
    static void write(CodeBuilder out, Program program, FunctionCode function, Survey survey, Callees callees) {
        new FunctionWriter(Body.of(out, program, function, survey), callees).write();
    }

    private void write() {
        takeSlots(body.function().slots());
        if (body.survey().usesMemory()) body.readMemory();
        clearLocals();
        metering.enter();
        for (var at = 0; at < code.length; at += Op.width(code, at)) {
            if (jumps.isTarget(at)) {
                decide();
                jumps.bind(at);
            }
            instruction(code[at], at);
        }
        metering.finish();
    }

    private void takeSlots(int slots) {
        var enough = out.newLabel();
        out.iload(locals.room).loadConstant(slots).isub().dup().istore(locals.room);
        out.ifge(enough);
        out.invokestatic(Types.INSTANCE, "stackExhausted", STOP).athrow();
        out.labelBinding(enough);
    }

    private void clearLocals() {
        var parameters = body.function().signature().parameters().size();
        for (var local = parameters; local < locals.count(); local++) {
            switch (locals.kind(local)) {
                case I32 -> out.iconst_0();
                case I64 -> out.lconst_0();
                case F32 -> out.fconst_0();
                case F64 -> out.dconst_0();
            }
            body.store(local);
        }
    }

    private void instruction(int op, int at) {
        switch (op) {
            case Op.JUMP_IF -> {
                var condition = takePending();
                if (!loops.end(at, condition)) jumps.jumpIf(condition, body.immediate(at));
            }
            case Op.JUMP_UNLESS -> jumps.jumpIf(takePending().negated(), body.immediate(at));
            case Op.SELECT -> select();
            default -> {
                if (Op.isNumeric(op)) {
                    numeric(op);
                } else {
                    decide();
                    plain(op, at);
                }
            }
        }
    }

    private void plain(int op, int at) {
        switch (op) {
            case Op.METER -> metering.meter(body.immediate(at), body.second(at));
            case Op.METER_CHECK -> loops.check(at);
            case Op.STEP -> {}
            case Op.JUMP -> jumps.jump(body.immediate(at));
            case Op.JUMP_TABLE -> jumps.jumpTable(at);
            case Op.MOVE -> operands.dropBelow(body.immediate(at), body.second(at));
            case Op.CANON_F32, Op.CANON_F64 -> canonical(op, body.immediate(at));
            case Op.UNREACHABLE -> trap("unreachable");
            case Op.TRAP_MEMORY -> trap("memory");
            case Op.RETURN -> {
                calls.returnResults();
                jumps.end();
            }
            case Op.CALL -> calls.call(body.immediate(at));
            case Op.CALL_HOST -> calls.callHost(body.immediate(at));
            case Op.CALL_INDIRECT -> calls.callIndirect(body.immediate(at), body.second(at));
            case Op.DROP -> operands.drop();
            case Op.LOCAL_GET -> {
                body.load(body.immediate(at));
                body.push(locals.kind(body.immediate(at)));
            }
            case Op.LOCAL_SET -> {
                operands.take(1);
                body.store(body.immediate(at));
            }
            case Op.LOCAL_TEE -> {
                operands.bring(1);
                Values.duplicate(out, operands.kind(0));
                body.store(body.immediate(at));
            }
            case Op.GLOBAL_GET -> resources.getGlobal(body.immediate(at));
            case Op.GLOBAL_SET -> resources.setGlobal(body.immediate(at));
            case Op.I32_CONST, Op.I64_CONST, Op.F32_CONST, Op.F64_CONST -> constant(op, at);
            case Op.MEMORY_SIZE -> memory.size();
            default -> {
                if (Op.isLoad(op)) memory.load(op, body.immediate(at));
                else if (Op.isStore(op)) memory.store(op, body.immediate(at));
                else resources.write(op, at);
            }
        }
    }

    private void constant(int op, int at) {
        var low = body.immediate(at);
        switch (op) {
            case Op.I32_CONST -> {
                out.loadConstant(low);
                body.push(Kind.I32);
            }
            case Op.F32_CONST -> {
                Values.constant(out, low);
                body.push(Kind.F32);
            }
            case Op.I64_CONST -> {
                out.loadConstant(Integer.toUnsignedLong(low) | (long) body.second(at) << 32);
                body.push(Kind.I64);
            }
            default -> {
                Values.constant(out, Integer.toUnsignedLong(low) | (long) body.second(at) << 32);
                body.push(Kind.F64);
            }
        }
    }

    private void numeric(int op) {
        if (op == I32_EQZ && pending != null) {
            pending = pending.negated();
            return;
        }
        decide();
        if (Condition.isComparison(op)) {
            pending = Condition.of(op);
            return;
        }
        operands.take(Op.operands(op));
        Numbers.write(out, op);
        body.push(Op.result(op));
    }

    /// Makes the comparison that is pending.
    private void decide() {
        var condition = pending;
        if (condition == null) return;
        pending = null;
        operands.take(condition.operands());
        condition.decide(out);
        body.push(Kind.I32);
    }

    /// What a jump or select tests.
    private Condition takePending() {
        var condition = pending;
        pending = null;
        return condition == null ? Condition.NOT_ZERO : condition;
    }

    private void select() {
        var condition = takePending();
        operands.bring(condition.operands() + 2);
        operands.forget(condition.operands());
        var first = out.newLabel();
        condition.jump(out, first);
        var kind = operands.kind(0);
        if (kind.isWide()) out.dup2_x2().pop2().labelBinding(first).pop2();
        else out.swap().labelBinding(first).pop();
        operands.forget(1);
    }

    private void canonical(int op, int depth) {
        var kind = op == Op.CANON_F32 ? Kind.F32 : Kind.F64;
        operands.change(depth, () -> Numbers.canonical(out, kind));
    }

    private void trap(String name) {
        out.invokestatic(TRAPS, name, STOP).athrow();
        jumps.end();
    }
}
