package org.ambientvcp.wasm.code;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.ValType;

/// Lowers one validated function to flat code: resolves branches, drops what can never run, lays out gas, and puts
/// [Op#CANON_F32] and [Op#CANON_F64] where the bits of a computed NaN could be seen.
///
/// A computed NaN may stay open while it is on the operand stack or in a local to which nothing else is assigned, and
/// becomes canonical where it is stored, reinterpreted, passed, returned, negated, or mixed with a value whose bits
/// WASM prescribes. What can be seen is then the same as if every instruction gave a canonical NaN at once.
final class FunctionLowering {
    /// Gas for entering a function: one for each so many parameters and locals, and one for each local that is a
    /// reference, because it has to be made null.
    static final int LOCALS_PER_GAS = 32;

    private static final int LOCAL_PASSES = 4;

    private final ModuleTypes types;
    private final Signature signature;
    private final FlatLocals locals;
    private final List<? extends Instruction> instructions;
    private final int bodyOffset;
    private final boolean withSteps;

    /// Locals that hold nothing but computed floats and zero, as far as it is known yet.
    private final BitSet openLocals;

    private Emitter out = new Emitter();
    private Operands operands = new Operands(out);
    private Halves halves;
    private PlainLowering plain;
    private final List<Control> controls = new ArrayList<>();
    private boolean isDead;
    private int deadBlocks;
    private boolean assumedTooMuch;

    private FunctionLowering(
            ModuleTypes types,
            Signature signature,
            FlatLocals locals,
            List<? extends Instruction> instructions,
            int bodyOffset,
            boolean withSteps) {
        this.types = types;
        this.signature = signature;
        this.locals = locals;
        this.instructions = instructions;
        this.bodyOffset = bodyOffset;
        this.withSteps = withSteps;
        this.halves = new Halves(out, operands, locals);
        this.plain = new PlainLowering(out, operands, types, halves);
        this.openLocals = new BitSet();
        for (var place = signature.parameters().size(); place < locals.declared(); place++)
            if (locals.kind(place).isFloat()) openLocals.set(place);
    }

    /// @param types of the module
    /// @param index of the function among the module's own
    /// @param declared types of the locals, without the parameters
    /// @param withSteps whether an [Op#STEP] stands before every instruction
    static FunctionCode lower(
            ModuleTypes types,
            int index,
            List<ValType> declared,
            List<? extends Instruction> instructions,
            boolean withSteps) {
        var locals = new FlatLocals(types.ownParameters(index), declared);
        var offset = instructions.isEmpty() ? 0 : instructions.getFirst().address();
        var lowering = new FunctionLowering(types, types.ownSignature(index), locals, instructions, offset, withSteps);
        return lowering.lower(index);
    }

    private FunctionCode lower(int index) {
        for (var pass = 1; ; pass++) {
            assumedTooMuch = false;
            if (pass == LOCAL_PASSES) openLocals.clear();
            pass();
            if (!assumedTooMuch) break;
        }
        return new FunctionCode(
                index, signature, locals.kinds(), out.code.toArray(), operands.highest(), plain.growsMemory());
    }

    private void pass() {
        out = new Emitter();
        operands = new Operands(out);
        halves = new Halves(out, operands, locals);
        plain = new PlainLowering(out, operands, types, halves);
        controls.clear();
        isDead = false;
        deadBlocks = 0;
        controls.add(new Control(false, 0, new Signature(List.of(), signature.results()), null));
        var references = locals.references();
        out.check(bodyOffset, locals.declared() / LOCALS_PER_GAS + references.cardinality());
        references.stream().forEach(this::makeNull);
        for (var instruction : instructions) lower(instruction);
        if (!controls.isEmpty()) throw new IllegalStateException("the function does not end");
    }

    private void makeNull(int local) {
        operands.push(Kind.I32);
        out.emit(Op.I32_CONST, -1);
        operands.pop(1);
        out.emit(Op.LOCAL_SET, local);
    }

    private void lower(Instruction instruction) {
        var opcode = instruction.opcode();
        if (isDead && skip(opcode)) return;
        if (!isFree(opcode)) {
            out.charge(instruction.address(), gas(instruction));
            if (withSteps) out.emit(Op.STEP, instruction.address());
        }
        switch (opcode) {
            case NOP -> {}
            case UNREACHABLE -> end(Op.UNREACHABLE);
            case BLOCK -> open(false, blockType(instruction), null);
            case LOOP -> loop(instruction);
            case IF -> {
                operands.pop(1);
                var otherwise = new Label();
                var type = blockType(instruction);
                operands.makeExact(type.parameters().size(), 1);
                out.jump(Op.JUMP_UNLESS, otherwise);
                out.endBlock();
                open(false, type, otherwise);
            }
            case ELSE -> otherwise();
            case END -> end();
            case BR -> {
                branch((int) instruction.operand(0));
                die();
            }
            case BR_IF -> branchIf((int) instruction.operand(0));
            case BR_TABLE -> branchTable(instruction);
            case RETURN -> {
                operands.makeExact(signature.results().size(), 0);
                end(Op.RETURN);
            }
            case CALL -> call((int) instruction.operand(0));
            case CALL_INDIRECT -> {
                var type = types.canonical((int) instruction.operand(0));
                operands.pop(1);
                passArguments(types.signature(type), 1);
                out.emit(Op.CALL_INDIRECT, type, (int) instruction.operand(1));
            }
            case DROP -> {
                if (isVector(instruction)) halves.drop();
                halves.drop();
            }
            case SELECT, SELECT_T -> {
                if (isVector(instruction)) halves.select();
                else select();
            }
            case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> local(opcode, (int) instruction.operand(0));
            default -> {
                if (plain.lower(instruction)) die();
            }
        }
    }

    private void local(OpCode opcode, int local) {
        var place = locals.place(local);
        if (locals.isVector(local)) {
            switch (opcode) {
                case LOCAL_GET -> halves.getPlaces(Op.LOCAL_GET, place);
                case LOCAL_SET -> halves.setPlaces(Op.LOCAL_SET, place);
                default -> halves.teeLocal(place);
            }
        } else if (opcode == OpCode.LOCAL_GET) {
            operands.push(locals.kind(place), openLocals.get(place) ? Operands.OPEN : Operands.EXACT);
            out.emit(Op.LOCAL_GET, place);
        } else {
            assign(opcode.opcode(), place);
        }
    }

    private int gas(Instruction instruction) {
        if (VectorLowering.isSimd(instruction)) return VectorLowering.gas(instruction);
        return isVector(instruction) ? VectorLowering.MOVE_GAS : 1;
    }

    /// Whether an instruction that moves a value moves a v128. The parser's validation tells what `drop` and
    /// `select` have.
    private boolean isVector(Instruction instruction) {
        return switch (instruction.opcode()) {
            case DROP, SELECT, SELECT_T -> instruction.operand(0) == ValType.V128.opcode();
            case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> locals.isVector((int) instruction.operand(0));
            case GLOBAL_GET, GLOBAL_SET -> types.isVector((int) instruction.operand(0));
            default -> false;
        };
    }

    /// Whether an instruction in code that never runs stays out.
    private boolean skip(OpCode opcode) {
        switch (opcode) {
            case BLOCK, LOOP, IF -> deadBlocks++;
            case END -> {
                if (deadBlocks == 0) return false;
                deadBlocks--;
            }
            case ELSE -> {
                return deadBlocks > 0;
            }
            default -> {}
        }
        return true;
    }

    /// What leaves nothing behind costs nothing. A loop leaves its check behind, so entering it costs.
    private static boolean isFree(OpCode opcode) {
        return switch (opcode) {
            case NOP, BLOCK, ELSE, END -> true;
            default -> false;
        };
    }

    private Signature blockType(Instruction instruction) {
        return types.blockType(instruction.operand(0));
    }

    private void open(boolean isLoop, Signature type, @Nullable Label otherwise) {
        operands.makeExact(type.parameters().size(), 0);
        controls.add(new Control(isLoop, operands.height() - type.parameters().size(), type, otherwise));
    }

    private void loop(Instruction instruction) {
        open(true, blockType(instruction), null);
        out.bind(controls.getLast().target);
        out.check(instruction.address(), 0);
    }

    private void otherwise() {
        var control = controls.getLast();
        var otherwise = control.otherwise;
        if (otherwise == null) throw new IllegalStateException("else without if");
        if (!isDead) {
            operands.makeExact(control.signature.results().size(), 0);
            out.jump(Op.JUMP, control.target);
        }
        out.bind(otherwise);
        control.otherwise = null;
        restart(control, control.signature.parameters());
    }

    private void end() {
        var control = controls.removeLast();
        if (controls.isEmpty()) {
            endOfFunction(control);
            return;
        }
        if (!isDead) operands.makeExact(control.signature.results().size(), 0);
        var isReached = !isDead || control.otherwise != null || (!control.isLoop && control.target.isUsed());
        if (control.otherwise != null) out.bind(control.otherwise);
        if (!control.isLoop && control.target.isUsed()) out.bind(control.target);
        if (isReached) restart(control, control.signature.results());
    }

    private void endOfFunction(Control function) {
        if (!isDead) operands.makeExact(signature.results().size(), 0);
        if (function.target.isUsed()) out.bind(function.target);
        if (!isDead || function.target.isUsed()) out.emit(Op.RETURN);
    }

    private void restart(Control control, List<Kind> values) {
        operands.truncate(control.base);
        for (var kind : values) operands.push(kind);
        isDead = false;
    }

    /// What follows can only be reached by a branch.
    private void die() {
        isDead = true;
        deadBlocks = 0;
        out.endBlock();
        operands.truncate(controls.getLast().base);
    }

    private void end(int op) {
        out.emit(op);
        die();
    }

    private Control control(int depth) {
        return controls.get(controls.size() - 1 - depth);
    }

    /// Jumps to a block with the values it wants.
    private void branch(int depth) {
        var control = control(depth);
        operands.makeExact(control.arity(), 0);
        move(control);
        out.jump(Op.JUMP, control.target);
    }

    private void move(Control control) {
        var drop = excess(control);
        if (drop > 0) out.emit(Op.MOVE, control.arity(), drop);
    }

    /// Values below those that a branch carries which are not in the block it goes to.
    private int excess(Control control) {
        return operands.height() - control.arity() - control.base;
    }

    private void branchIf(int depth) {
        operands.pop(1);
        var control = control(depth);
        operands.makeExact(control.arity(), 1);
        if (excess(control) == 0) {
            out.jump(Op.JUMP_IF, control.target);
        } else {
            var stay = new Label();
            out.jump(Op.JUMP_UNLESS, stay);
            move(control);
            out.jump(Op.JUMP, control.target);
            stay.bind(out.code);
        }
        out.endBlock();
    }

    private void branchTable(Instruction instruction) {
        operands.pop(1);
        var targets = instruction.operandCount();
        operands.makeExact(control((int) instruction.operand(0)).arity(), 1);
        var moves = new LinkedHashMap<Control, Label>();
        out.emit(Op.JUMP_TABLE, targets - 1);
        for (var i = 0; i < targets; i++) {
            var control = control((int) instruction.operand(i));
            var target = excess(control) == 0 ? control.target : moves.computeIfAbsent(control, to -> new Label());
            target.writeTo(out.code);
        }
        for (var entry : moves.entrySet()) {
            entry.getValue().bind(out.code);
            move(entry.getKey());
            out.jump(Op.JUMP, entry.getKey().target);
        }
        die();
    }

    private void call(int function) {
        var callee = types.signatureOf(function);
        passArguments(callee, 0);
        if (function < types.imports()) out.emit(Op.CALL_HOST, function);
        else out.emit(Op.CALL, function - types.imports());
    }

    /// Makes the arguments exact and replaces them by the results.
    ///
    /// @param above values on the stack above the arguments that are no longer among the operands
    private void passArguments(Signature callee, int above) {
        operands.makeExact(callee.parameters().size(), above);
        operands.pop(callee.parameters().size());
        for (var kind : callee.results()) operands.push(kind);
    }

    private void select() {
        operands.pop(1);
        var second = operands.state(0);
        var first = operands.state(1);
        if (first == Operands.OPEN && second == Operands.EXACT) operands.makeOneExact(1, 1);
        if (second == Operands.OPEN && first == Operands.EXACT) operands.makeOneExact(0, 1);
        var kind = operands.kind(1);
        var isOpen = operands.state(0) == Operands.OPEN || operands.state(1) == Operands.OPEN;
        var isNumber = first == Operands.NUMBER && second == Operands.NUMBER;
        operands.pop(2);
        operands.push(kind, isOpen ? Operands.OPEN : isNumber ? Operands.NUMBER : Operands.EXACT);
        out.emit(Op.SELECT);
    }

    private void assign(int op, int local) {
        if (operands.state(0) == Operands.OPEN && !openLocals.get(local)) operands.makeExact(1, 0);
        if (operands.state(0) == Operands.EXACT && openLocals.get(local)) {
            openLocals.clear(local);
            assumedTooMuch = true;
        }
        var state = operands.state(0);
        var kind = operands.kind(0);
        operands.pop(1);
        if (op == Op.LOCAL_TEE) operands.push(kind, state);
        out.emit(op, local);
    }
}
