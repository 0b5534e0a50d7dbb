package org.ambientvcp.wasm.compiler;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collections;
import org.ambientvcp.wasm.code.Kind;
import org.ambientvcp.wasm.code.Op;

/// Globals, and the instructions on memory, tables and segments as a whole, which the instance does.
final class Resources {
    private final Body body;
    private final CodeBuilder out;
    private final Metering metering;

    Resources(Body body, Metering metering) {
        this.body = body;
        this.out = body.out();
        this.metering = metering;
    }

    void getGlobal(int global) {
        loadGlobals();
        out.loadConstant(global).laload();
        var kind = kind(global);
        Values.fromBits(out, kind);
        body.push(kind);
    }

    void setGlobal(int global) {
        body.operands().take(1);
        Values.toBits(out, kind(global));
        loadGlobals();
        out.loadConstant(global).dup2_x2().pop2().lastore();
    }

    private Kind kind(int global) {
        return body.program().module().globals().get(global).kind();
    }

    private void loadGlobals() {
        body.loadInstance();
        out.getfield(Types.INSTANCE, "globals", Types.LONGS);
    }

    /// @param at of the instruction
    void write(int op, int at) {
        switch (op) {
            case Op.MEMORY_GROW -> {
                charged("memoryGrow", 1, true);
                if (body.survey().usesMemory()) body.readMemory();
            }
            case Op.MEMORY_FILL -> charged("memoryFill", 3, false);
            case Op.MEMORY_COPY -> charged("memoryCopy", 3, false);
            case Op.MEMORY_INIT -> charged("memoryInit", 3, false, body.immediate(at));
            case Op.DATA_DROP -> call("dataDrop", 0, false, body.immediate(at));
            case Op.ELEM_DROP -> call("elementsDrop", 0, false, body.immediate(at));
            case Op.TABLE_GET -> call("tableGet", 1, true, body.immediate(at));
            case Op.TABLE_SET -> call("tableSet", 2, false, body.immediate(at));
            case Op.TABLE_SIZE -> call("tableSize", 0, true, body.immediate(at));
            case Op.TABLE_GROW -> charged("tableGrow", 2, true, body.immediate(at));
            case Op.TABLE_FILL -> charged("tableFill", 3, false, body.immediate(at));
            case Op.TABLE_COPY -> charged("tableCopy", 3, false, body.immediate(at), body.second(at));
            case Op.TABLE_INIT -> charged("tableInit", 3, false, body.immediate(at), body.second(at));
            default -> throw new IllegalStateException("not an instruction: 0x" + Integer.toHexString(op));
        }
    }

    /// What takes gas of its own.
    private void charged(String name, int operands, boolean gives, int... immediates) {
        body.operands().bring(operands);
        metering.leave();
        call(name, operands, gives, immediates);
        metering.enter();
    }

    private void call(String name, int operands, boolean gives, int... immediates) {
        body.operands().take(operands);
        body.loadInstance();
        for (var immediate : immediates) out.loadConstant(immediate);
        var parameters = new ArrayList<ClassDesc>(Collections.nCopies(operands, CD_int));
        parameters.add(Types.INSTANCE);
        parameters.addAll(Collections.nCopies(immediates.length, CD_int));
        out.invokestatic(Outside.TYPE, name, MethodTypeDesc.of(gives ? CD_int : CD_void, parameters));
        if (gives) body.push(Kind.I32);
    }
}
