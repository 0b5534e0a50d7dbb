package org.ambientvcp.wasm.interpreter;

import java.util.Arrays;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.Op;
import org.ambientvcp.wasm.code.Signature;
import org.ambientvcp.wasm.machine.Executor;
import org.ambientvcp.wasm.machine.Instance;
import org.ambientvcp.wasm.machine.MemoryAccess;
import org.ambientvcp.wasm.machine.Traps;
import org.jspecify.annotations.Nullable;

/// Executes flat code one instruction at a time. Locals and operands are in [Instance#stack], a callee's parameters
/// where its caller has its arguments. One call of a function is one call of [#call].
///
/// HotSpot compiles no method of more than 8,000 bytes and inlines nothing more into one that has become as long, so
/// the loop has only what is hot; the rest goes by family to [IntegerOps], [FloatOps], [DoubleOps], [Conversions] and
/// [ResourceOps]. What often follows each other is one instruction here, see [Joint].
///
/// A computed NaN becomes canonical at once, which is what code sees anyway (see [Op#CANON_F32]), so that every step of
/// a run has the same values on every machine.
public final class Interpreter implements Executor {
    private final Layout[] functions;
    private final int imports;
    /// Numbers of parameters and results by canonical type.
    private final int[] parameters;

    private final int[] results;
    /// Canonical type by import.
    private final int[] importTypes;

    private final @Nullable StepListener listener;

    public Interpreter(ModuleCode module) {
        this(module, null);
    }

    /// For one run only.
    ///
    /// @param module lowered with steps
    public Interpreter(ModuleCode module, @Nullable StepListener listener) {
        this.functions = module.functions().stream().map(Layout::new).toArray(Layout[]::new);
        this.imports = module.imports().size();
        this.parameters = module.types().stream()
                .map(Signature::parameters)
                .mapToInt(kinds -> kinds.size())
                .toArray();
        this.results = module.types().stream()
                .map(Signature::results)
                .mapToInt(kinds -> kinds.size())
                .toArray();
        this.importTypes = Arrays.copyOf(module.typeOf(), imports);
        this.listener = listener;
    }

    @Override
    public void call(Instance instance, int function, int base, int room) {
        var layout = functions[function];
        var left = Instance.enter(room, layout.slots);
        var s = instance.stack;
        if (base + layout.slots > s.length) s = instance.reserve(layout.function, base);
        var operands = base + layout.locals;
        if (layout.locals > layout.parameters) Arrays.fill(s, base + layout.parameters, operands, 0);
        if (listener != null) listener.entered(instance, layout.function, base);
        var place = (long) operands;
        while (place >= 0) place = run(instance, layout, base, left, place);
        if (listener != null) listener.left();
    }

    /// Runs until the function returns, or memory or stack are other arrays than before: HotSpot makes much
    /// better code of a loop in which they are always the same.
    ///
    /// @param place where to begin: index in the code and, in the low 32 bits, top of the stack
    /// @return where to go on; -1 if the function has returned
    @SuppressWarnings({
        "IntLongMath", // i32 is computed modulo 2^32
        "NarrowCalculation",
        "ReferenceEquality" // the same arrays, not equal ones
    })
    private long run(Instance instance, Layout layout, int base, int room, long place) {
        var code = layout.code();
        var s = instance.stack;
        var memory = instance.memory;
        var gas = instance.gas;
        var path = instance.path;
        var pc = (int) (place >>> 32);
        var sp = (int) place;
        // Whether gas and path are in the instance, because something else runs.
        var isOutside = false;
        try {
            while (true) {
                var op = code[pc++];
                switch (op) {
                    case Op.METER -> {
                        gas -= code[pc];
                        path = path * Instance.PATH_FACTOR + code[pc + 1];
                        pc += 2;
                    }
                    case Op.METER_CHECK -> {
                        gas -= code[pc];
                        path = path * Instance.PATH_FACTOR + code[pc + 1];
                        pc += 2;
                        if (gas < 0) {
                            instance.path = path;
                            gas = instance.check(gas);
                        }
                    }
                    case Op.JUMP -> pc = code[pc];
                    case Op.JUMP_IF -> pc = (int) s[--sp] != 0 ? code[pc] : pc + 1;
                    case Op.JUMP_UNLESS -> pc = (int) s[--sp] == 0 ? code[pc] : pc + 1;
                    case Op.JUMP_TABLE -> {
                        var index = (int) s[--sp];
                        var last = code[pc];
                        pc = code[pc + 1 + (Integer.compareUnsigned(index, last) < 0 ? index : last)];
                    }
                    case Op.MOVE -> {
                        var arity = code[pc];
                        var drop = code[pc + 1];
                        System.arraycopy(s, sp - arity, s, sp - arity - drop, arity);
                        sp -= drop;
                        pc += 2;
                    }
                    case Op.RETURN -> {
                        var count = layout.results;
                        if (count == 1) s[base] = s[sp - 1];
                        else System.arraycopy(s, sp - count, s, base, count);
                        instance.gas = gas;
                        instance.path = path;
                        return -1;
                    }
                    case Op.CALL -> {
                        var callee = code[pc++];
                        instance.gas = gas;
                        instance.path = path;
                        isOutside = true;
                        sp -= functions[callee].parameters;
                        instance.executor().call(instance, callee, sp, room);
                        sp += functions[callee].results;
                        isOutside = false;
                        gas = instance.gas;
                        path = instance.path;
                        if (instance.memory != memory || instance.stack != s) return (long) pc << 32 | sp;
                    }

                    case Op.DROP -> sp--;
                    case Op.SELECT -> {
                        sp -= 2;
                        if ((int) s[sp + 1] == 0) s[sp - 1] = s[sp];
                    }
                    case Op.LOCAL_GET -> s[sp++] = s[base + code[pc++]];
                    case Op.LOCAL_SET -> s[base + code[pc++]] = s[--sp];
                    case Op.LOCAL_TEE -> s[base + code[pc++]] = s[sp - 1];
                    case Op.GLOBAL_GET -> s[sp++] = instance.globals[code[pc++]];
                    case Op.GLOBAL_SET -> instance.globals[code[pc++]] = s[--sp];
                    case Op.I32_CONST, Op.F32_CONST -> s[sp++] = code[pc++];
                    case Op.I64_CONST, Op.F64_CONST -> {
                        s[sp++] = (code[pc] & 0xffff_ffffL) | (long) code[pc + 1] << 32;
                        pc += 2;
                    }

                    case 0x28, 0x2a, 0x34 -> s[sp - 1] = MemoryAccess.loadI32((int) s[sp - 1], memory, code[pc++]);
                    case 0x29, 0x2b -> s[sp - 1] = MemoryAccess.loadI64((int) s[sp - 1], memory, code[pc++]);
                    case 0x2c, 0x30 -> s[sp - 1] = MemoryAccess.load8((int) s[sp - 1], memory, code[pc++]);
                    case 0x2d, 0x31 -> s[sp - 1] = MemoryAccess.load8((int) s[sp - 1], memory, code[pc++]) & 0xff;
                    case 0x2e, 0x32 -> s[sp - 1] = MemoryAccess.load16((int) s[sp - 1], memory, code[pc++]);
                    case 0x2f, 0x33 -> s[sp - 1] = MemoryAccess.load16((int) s[sp - 1], memory, code[pc++]) & 0xffff;
                    case 0x35 -> s[sp - 1] = MemoryAccess.loadI32((int) s[sp - 1], memory, code[pc++]) & 0xffff_ffffL;
                    case 0x36, 0x38, 0x3e ->
                        MemoryAccess.storeI32((int) s[sp -= 2], (int) s[sp + 1], memory, code[pc++]);
                    case 0x37, 0x39 -> MemoryAccess.storeI64((int) s[sp -= 2], s[sp + 1], memory, code[pc++]);
                    case 0x3a, 0x3c -> MemoryAccess.store8((int) s[sp -= 2], (int) s[sp + 1], memory, code[pc++]);
                    case 0x3b, 0x3d -> MemoryAccess.store16((int) s[sp -= 2], (int) s[sp + 1], memory, code[pc++]);

                    case 0x45 -> s[sp - 1] = (int) s[sp - 1] == 0 ? 1 : 0;
                    case 0x46 -> s[--sp - 1] = (int) s[sp - 1] == (int) s[sp] ? 1 : 0;
                    case 0x47 -> s[--sp - 1] = (int) s[sp - 1] != (int) s[sp] ? 1 : 0;
                    case 0x48 -> s[--sp - 1] = (int) s[sp - 1] < (int) s[sp] ? 1 : 0;
                    case 0x49 -> s[--sp - 1] = Integer.compareUnsigned((int) s[sp - 1], (int) s[sp]) < 0 ? 1 : 0;
                    case 0x4a -> s[--sp - 1] = (int) s[sp - 1] > (int) s[sp] ? 1 : 0;
                    case 0x4b -> s[--sp - 1] = Integer.compareUnsigned((int) s[sp - 1], (int) s[sp]) > 0 ? 1 : 0;
                    case 0x4c -> s[--sp - 1] = (int) s[sp - 1] <= (int) s[sp] ? 1 : 0;
                    case 0x4d -> s[--sp - 1] = Integer.compareUnsigned((int) s[sp - 1], (int) s[sp]) <= 0 ? 1 : 0;
                    case 0x4e -> s[--sp - 1] = (int) s[sp - 1] >= (int) s[sp] ? 1 : 0;
                    case 0x4f -> s[--sp - 1] = Integer.compareUnsigned((int) s[sp - 1], (int) s[sp]) >= 0 ? 1 : 0;
                    case 0x50 -> s[sp - 1] = s[sp - 1] == 0 ? 1 : 0;
                    case 0x51 -> s[--sp - 1] = s[sp - 1] == s[sp] ? 1 : 0;
                    case 0x52 -> s[--sp - 1] = s[sp - 1] != s[sp] ? 1 : 0;
                    case 0x53 -> s[--sp - 1] = s[sp - 1] < s[sp] ? 1 : 0;
                    case 0x54 -> s[--sp - 1] = Long.compareUnsigned(s[sp - 1], s[sp]) < 0 ? 1 : 0;

                    case 0x6a -> s[--sp - 1] = (int) s[sp - 1] + (int) s[sp];
                    case 0x6b -> s[--sp - 1] = (int) s[sp - 1] - (int) s[sp];
                    case 0x6c -> s[--sp - 1] = (int) s[sp - 1] * (int) s[sp];
                    case 0x71 -> s[--sp - 1] = (int) s[sp - 1] & (int) s[sp];
                    case 0x72 -> s[--sp - 1] = (int) s[sp - 1] | (int) s[sp];
                    case 0x73 -> s[--sp - 1] = (int) s[sp - 1] ^ (int) s[sp];
                    case 0x74 -> s[--sp - 1] = (int) s[sp - 1] << (int) s[sp];
                    case 0x75 -> s[--sp - 1] = (int) s[sp - 1] >> (int) s[sp];
                    case 0x76 -> s[--sp - 1] = (int) s[sp - 1] >>> (int) s[sp];
                    case 0x77 -> s[--sp - 1] = Integer.rotateLeft((int) s[sp - 1], (int) s[sp]);
                    case 0x78 -> s[--sp - 1] = Integer.rotateRight((int) s[sp - 1], (int) s[sp]);
                    case 0x7c -> s[--sp - 1] += s[sp];
                    case 0x7d -> s[--sp - 1] -= s[sp];
                    case 0x7e -> s[--sp - 1] *= s[sp];
                    case 0x83 -> s[--sp - 1] &= s[sp];
                    case 0x84 -> s[--sp - 1] |= s[sp];
                    case 0x85 -> s[--sp - 1] ^= s[sp];
                    case 0x86 -> s[--sp - 1] <<= s[sp];
                    case 0x87 -> s[--sp - 1] >>= s[sp];
                    case 0x88 -> s[--sp - 1] >>>= s[sp];
                    case 0xa7, 0xac -> s[sp - 1] = (int) s[sp - 1];
                    case 0xad -> s[sp - 1] &= 0xffff_ffffL;

                    case Op.STEP -> {
                        if (listener != null) {
                            instance.gas = gas;
                            instance.path = path;
                            listener.step(instance, layout.function, code[pc], base, sp);
                        }
                        pc++;
                    }
                    case Op.CANON_F32 -> {
                        var at = sp - 1 - code[pc++];
                        s[at] = FloatOps.canonical(s[at]);
                    }
                    case Op.CANON_F64 -> {
                        var at = sp - 1 - code[pc++];
                        s[at] = DoubleOps.canonical(s[at]);
                    }
                    case 0x92 -> s[--sp - 1] = FloatOps.add(s[sp - 1], s[sp]);
                    case 0x94 -> s[--sp - 1] = FloatOps.multiply(s[sp - 1], s[sp]);
                    case 0xa0 -> s[--sp - 1] = DoubleOps.add(s[sp - 1], s[sp]);
                    case 0xa2 -> s[--sp - 1] = DoubleOps.multiply(s[sp - 1], s[sp]);

                    case 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x6d, 0x6e, 0x6f, 0x70 ->
                        s[--sp - 1] = IntegerOps.binary(op, s[sp - 1], s[sp]);
                    case 0x7f, 0x80, 0x81, 0x82, 0x89, 0x8a -> s[--sp - 1] = IntegerOps.binary(op, s[sp - 1], s[sp]);
                    case 0x67, 0x68, 0x69, 0x79, 0x7a, 0x7b, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4 ->
                        s[sp - 1] = IntegerOps.unary(op, s[sp - 1]);
                    case 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60, 0x93, 0x95, 0x96, 0x97, 0x98 ->
                        s[--sp - 1] = FloatOps.binary(op, s[sp - 1], s[sp]);
                    case 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90, 0x91 -> s[sp - 1] = FloatOps.unary(op, s[sp - 1]);
                    case 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0xa1, 0xa3, 0xa4, 0xa5, 0xa6 ->
                        s[--sp - 1] = DoubleOps.binary(op, s[sp - 1], s[sp]);
                    case 0x99, 0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f -> s[sp - 1] = DoubleOps.unary(op, s[sp - 1]);

                    case Joint.GET_GET -> {
                        s[sp++] = s[base + code[pc]];
                        s[sp++] = s[base + code[pc + 2]];
                        pc += 3;
                    }
                    case Joint.GET_LOAD -> {
                        s[sp++] = MemoryAccess.loadI32((int) s[base + code[pc]], memory, code[pc + 2]);
                        pc += 3;
                    }
                    case Joint.GET_ADD -> s[sp - 1] = (int) s[sp - 1] + (int) s[base + code[(pc += 2) - 2]];
                    case Joint.GET_XOR -> s[sp - 1] = (int) s[sp - 1] ^ (int) s[base + code[(pc += 2) - 2]];
                    case Joint.GET_CONST -> {
                        s[sp++] = s[base + code[pc]];
                        s[sp++] = code[pc + 2];
                        pc += 3;
                    }
                    case Joint.GET_CONST_ADD -> s[sp++] = (int) s[base + code[pc]] + code[(pc += 4) - 2];
                    case Joint.GET_CONST_AND -> s[sp++] = (int) s[base + code[pc]] & code[(pc += 4) - 2];
                    case Joint.GET_CONST_SHL -> s[sp++] = (int) s[base + code[pc]] << code[(pc += 4) - 2];
                    case Joint.GET_CONST_SHR_U -> s[sp++] = (int) s[base + code[pc]] >>> code[(pc += 4) - 2];
                    case Joint.GET_CONST_ROTL ->
                        s[sp++] = Integer.rotateLeft((int) s[base + code[pc]], code[(pc += 4) - 2]);
                    case Joint.CONST_ADD -> s[sp - 1] = (int) s[sp - 1] + code[(pc += 2) - 2];
                    case Joint.CONST_AND -> s[sp - 1] = (int) s[sp - 1] & code[(pc += 2) - 2];
                    case Joint.CONST_SHL -> s[sp - 1] = (int) s[sp - 1] << code[(pc += 2) - 2];
                    case Joint.CONST_SHR_U -> s[sp - 1] = (int) s[sp - 1] >>> code[(pc += 2) - 2];
                    case Joint.CONST_ROTL -> s[sp - 1] = Integer.rotateLeft((int) s[sp - 1], code[(pc += 2) - 2]);
                    case Joint.SET_GET -> {
                        s[base + code[pc]] = s[sp - 1];
                        s[sp - 1] = s[base + code[pc + 2]];
                        pc += 3;
                    }
                    case Joint.LOAD_SET -> {
                        s[base + code[pc + 2]] = MemoryAccess.loadI32((int) s[--sp], memory, code[pc]);
                        pc += 3;
                    }
                    case Joint.ADD_GET -> {
                        s[sp - 2] = (int) s[sp - 2] + (int) s[sp - 1];
                        s[sp - 1] = s[base + code[(pc += 2) - 1]];
                    }
                    case Joint.ADD_SET -> s[base + code[(pc += 2) - 1]] = (int) s[sp -= 2] + (int) s[sp + 1];
                    case Joint.ADD_TEE -> s[base + code[(pc += 2) - 1]] = s[--sp - 1] = (int) s[sp - 1] + (int) s[sp];
                    case Joint.STORE_GET -> {
                        MemoryAccess.storeI32((int) s[sp - 2], (int) s[sp - 1], memory, code[pc]);
                        s[--sp - 1] = s[base + code[pc + 2]];
                        pc += 3;
                    }

                    case Op.UNREACHABLE -> throw Traps.unreachable();
                    case Op.TRAP_MEMORY -> throw Traps.memory();
                    case Op.MEMORY_SIZE -> s[sp++] = instance.pages();
                    case Op.TABLE_GET, Op.TABLE_SET, Op.TABLE_SIZE, Op.DATA_DROP, Op.ELEM_DROP ->
                        sp = ResourceOps.small(op, code[pc++], instance, sp);
                    case Op.CALL_INDIRECT,
                            Op.CALL_HOST,
                            Op.MEMORY_GROW,
                            Op.MEMORY_INIT,
                            Op.MEMORY_COPY,
                            Op.MEMORY_FILL,
                            Op.TABLE_INIT,
                            Op.TABLE_COPY,
                            Op.TABLE_GROW,
                            Op.TABLE_FILL -> {
                        instance.gas = gas;
                        instance.path = path;
                        isOutside = true;
                        sp = outside(instance, code, pc, sp, room);
                        pc += Op.width(code, pc - 1) - 1;
                        isOutside = false;
                        gas = instance.gas;
                        path = instance.path;
                        if (instance.memory != memory || instance.stack != s) return (long) pc << 32 | sp;
                    }
                    default -> sp = Conversions.apply(op, s, sp);
                }
            }
        } catch (RuntimeException e) {
            if (!isOutside) {
                instance.gas = gas;
                instance.path = path;
            }
            throw e;
        }
    }

    /// Executes what may take gas, trap or call after gas and path have been written back.
    ///
    /// @param pc of the first immediate
    /// @return the new top of the stack
    private int outside(Instance instance, int[] code, int pc, int sp, int room) {
        return switch (code[pc - 1]) {
            case Op.CALL_HOST -> {
                var imported = code[pc];
                var type = importTypes[imported];
                var arguments = sp - parameters[type];
                instance.callHost(imported, arguments);
                yield arguments + results[type];
            }
            case Op.CALL_INDIRECT -> {
                var type = code[pc];
                var function = instance.indirect(code[pc + 1], (int) instance.stack[sp - 1], type);
                var arguments = sp - 1 - parameters[type];
                if (function < imports) instance.callHost(function, arguments);
                else instance.executor().call(instance, function - imports, arguments, room);
                yield arguments + results[type];
            }
            default -> ResourceOps.bulk(instance, code, pc, sp);
        };
    }
}
