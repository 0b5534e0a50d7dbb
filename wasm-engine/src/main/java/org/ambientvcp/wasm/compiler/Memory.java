package org.ambientvcp.wasm.compiler;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.ambientvcp.wasm.code.Kind;
import org.ambientvcp.wasm.code.Op;
import org.ambientvcp.wasm.machine.Instance;
import org.ambientvcp.wasm.machine.MemoryAccess;

/// Loads and stores. The bounds of the array are those of the memory.
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
        switch (op) {
            case 0x28 -> load("loadI32", Kind.I32, offset);
            case 0x29 -> load("loadI64", Kind.I64, offset);
            case 0x2a -> load("loadF32", Kind.F32, offset);
            case 0x2b -> load("loadF64", Kind.F64, offset);
            case 0x2c, 0x30 -> load("load8", Kind.I32, offset);
            case 0x2d, 0x31 -> {
                load("load8", Kind.I32, offset);
                out.loadConstant(0xff).iand();
            }
            case 0x2e, 0x32 -> load("load16", Kind.I32, offset);
            case 0x2f, 0x33 -> {
                load("load16", Kind.I32, offset);
                out.loadConstant(0xffff).iand();
            }
            default -> load("loadI32", Kind.I32, offset);
        }
        if (op == 0x35) Numbers.unsignedToLong(out);
        else if (op >= 0x30) out.i2l();
        body.push(Op.accessKind(op));
    }

    void store(int op, int offset) {
        body.operands().take(2);
        if (op >= 0x3c) out.l2i();
        switch (op) {
            case 0x36, 0x3e -> store("storeI32", Kind.I32, offset);
            case 0x37 -> store("storeI64", Kind.I64, offset);
            case 0x38 -> store("storeF32", Kind.F32, offset);
            case 0x39 -> store("storeF64", Kind.F64, offset);
            case 0x3a, 0x3c -> store("store8", Kind.I32, offset);
            default -> store("store16", Kind.I32, offset);
        }
    }

    /// Pages.
    void size() {
        out.aload(body.locals().memory).arraylength();
        out.loadConstant(Integer.numberOfTrailingZeros(Instance.PAGE_BYTES)).iushr();
        body.push(Kind.I32);
    }

    private void load(String name, Kind kind, int offset) {
        out.aload(body.locals().memory).loadConstant(offset);
        out.invokestatic(ACCESS, name, MethodTypeDesc.of(Types.of(kind), CD_int, Types.BYTES, CD_int));
    }

    private void store(String name, Kind kind, int offset) {
        out.aload(body.locals().memory).loadConstant(offset);
        out.invokestatic(ACCESS, name, MethodTypeDesc.of(CD_void, CD_int, Types.of(kind), Types.BYTES, CD_int));
    }
}
