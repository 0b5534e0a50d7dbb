package org.ambientvcp.wasm.compiler;

import java.lang.classfile.CodeBuilder;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.code.Kind;

/// What the parts share that write one function.
record Body(
        CodeBuilder out, Program program, FunctionCode function, Survey survey, Locals locals, OperandStack operands) {

    static Body of(CodeBuilder out, Program program, FunctionCode function, Survey survey) {
        var locals = new Locals(function);
        return new Body(out, program, function, survey, locals, new OperandStack(out, locals));
    }

    /// First value of the code's immediates at `at`.
    int immediate(int at) {
        return function.code()[at + 1];
    }

    int second(int at) {
        return function.code()[at + 2];
    }

    void load(int local) {
        out.loadLocal(Types.jvmKind(locals.kind(local)), locals.slot(local));
    }

    void store(int local) {
        out.storeLocal(Types.jvmKind(locals.kind(local)), locals.slot(local));
    }

    void loadInstance() {
        out.aload(locals.instance);
    }

    void readMemory() {
        loadInstance();
        out.getfield(Types.INSTANCE, "memory", Types.BYTES).astore(locals.memory);
    }

    /// The JVM's instruction has given a value of this kind.
    void push(Kind kind) {
        operands.push(kind);
    }
}
