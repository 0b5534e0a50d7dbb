package org.ambientvcp.wasm.compiler;

import static java.lang.constant.ConstantDescs.CD_VarHandle;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_short;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.ambientvcp.wasm.code.Kind;
import org.ambientvcp.wasm.code.Op;
import org.ambientvcp.wasm.machine.Instance;
import org.ambientvcp.wasm.machine.MemoryAccess;

/// Loads and stores. The bounds of the array are those of the memory.
///
/// All of an access is written into the method, not only a call of [MemoryAccess]: in a method with more than about
/// eighty of them HotSpot stops inlining calls, but not those of a [java.lang.invoke.VarHandle].
final class Memory {
    private static final ClassDesc ACCESS = Types.of(MemoryAccess.class);

    private final Body body;
    private final CodeBuilder out;

    Memory(Body body) {
        this.body = body;
        this.out = body.out();
    }

    void load(int op, int offset) {
        body.operands().take(1);
        addOffset(offset);
        switch (op) {
            case 0x28, 0x34 -> get("INT", CD_int);
            case 0x29 -> get("LONG", CD_long);
            case 0x2a -> get("FLOAT", CD_float);
            case 0x2b -> get("DOUBLE", CD_double);
            case 0x2c, 0x30 -> getByte();
            case 0x2d, 0x31 -> {
                getByte();
                out.loadConstant(0xff).iand();
            }
            case 0x2e, 0x32 -> get("SHORT", CD_short);
            case 0x2f, 0x33 -> {
                get("SHORT", CD_short);
                out.loadConstant(0xffff).iand();
            }
            case 0x35 -> {
                get("INT", CD_int);
                Numbers.unsignedToLong(out);
            }
            default -> throw new IllegalStateException("not a load: 0x" + Integer.toHexString(op));
        }
        if (op >= 0x30 && op < 0x35) out.i2l();
        body.push(Op.accessKind(op));
    }

    void store(int op, int offset) {
        var operands = body.operands();
        operands.bring(2);
        var kind = operands.kind(0);
        var value = body.locals().operand(operands.height() - 1, kind);
        out.storeLocal(Types.jvmKind(kind), value);
        operands.forget(2);
        addOffset(offset);
        switch (op) {
            case 0x36, 0x3e -> set("INT", kind, value, CD_int);
            case 0x37 -> set("LONG", kind, value, CD_long);
            case 0x38 -> set("FLOAT", kind, value, CD_float);
            case 0x39 -> set("DOUBLE", kind, value, CD_double);
            case 0x3a, 0x3c -> setByte(kind, value);
            case 0x3b, 0x3d -> set("SHORT", kind, value, CD_short);
            default -> throw new IllegalStateException("not a store: 0x" + Integer.toHexString(op));
        }
    }

    /// Pages.
    void size() {
        loadMemory();
        out.arraylength();
        out.loadConstant(Integer.numberOfTrailingZeros(Instance.PAGE_BYTES)).iushr();
        body.push(Kind.I32);
    }

    private void loadMemory() {
        out.aload(body.locals().memory);
    }

    /// The effective address of one on the JVM's stack, as [MemoryAccess#at] has it.
    private void addOffset(int offset) {
        if (offset == 0) return;
        var end = out.newLabel();
        out.dup().iflt(end).loadConstant(offset).iadd().labelBinding(end);
    }

    /// Puts the accessor and the memory below an address.
    private void prepare(String accessor) {
        out.getstatic(ACCESS, accessor, CD_VarHandle).swap();
        loadMemory();
        out.swap();
    }

    private void get(String accessor, ClassDesc type) {
        prepare(accessor);
        out.invokevirtual(CD_VarHandle, "get", MethodTypeDesc.of(type, Types.BYTES, CD_int));
    }

    private void getByte() {
        loadMemory();
        out.swap().baload();
    }

    /// @param kind of the value
    /// @param value local variable where it is
    /// @param type what of it is stored
    private void set(String accessor, Kind kind, int value, ClassDesc type) {
        prepare(accessor);
        out.loadLocal(Types.jvmKind(kind), value);
        if (kind == Kind.I64 && !type.equals(CD_long)) out.l2i();
        if (type.equals(CD_short)) out.i2s();
        out.invokevirtual(CD_VarHandle, "set", MethodTypeDesc.of(CD_void, Types.BYTES, CD_int, type));
    }

    private void setByte(Kind kind, int value) {
        loadMemory();
        out.swap().loadLocal(Types.jvmKind(kind), value);
        if (kind == Kind.I64) out.l2i();
        out.bastore();
    }
}
