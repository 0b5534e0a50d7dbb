package org.ambientvcp.wasm.compiler;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.MethodTypeDesc;
import org.ambientvcp.wasm.code.Signature;

/// Writes the methods through which a class's functions are called with arguments and results in the instance's stack.
final class Entrance {
    /// Of such a method: the instance, the base in its stack, and the room.
    static final MethodTypeDesc TYPE = MethodTypeDesc.of(CD_void, Types.INSTANCE, CD_int, CD_int);

    private static final int INSTANCE = 0;
    private static final int BASE = 1;
    private static final int ROOM = 2;
    private static final int STACK = 3;
    private static final int RESULT = 4;

    private Entrance() {}

    static void toCompiled(CodeBuilder out, Callees callees, int function, Signature signature) {
        loadStack(out);
        var parameters = signature.parameters();
        for (var index = 0; index < parameters.size(); index++) {
            Adapter.loadPlace(out, STACK, BASE, index);
            out.laload();
            Values.fromBits(out, parameters.get(index));
        }
        out.aload(INSTANCE).iload(ROOM);
        callees.function(out, function, signature);
        storeResults(out, signature);
        out.return_();
    }

    static void toInterpreted(CodeBuilder out, int function) {
        out.ldc(Adapter.MODULE)
                .aload(INSTANCE)
                .loadConstant(function)
                .iload(BASE)
                .iload(ROOM);
        out.invokevirtual(Types.of(CompiledModule.class), "interpret", Adapter.CALL_OTHER);
        out.return_();
    }

    private static void storeResults(CodeBuilder out, Signature signature) {
        var results = signature.results();
        if (results.isEmpty()) return;
        Values.toBits(out, results.getFirst());
        out.lstore(RESULT);
        loadStack(out);
        out.aload(STACK).iload(BASE).lload(RESULT).lastore();
        for (var index = 1; index < results.size(); index++) {
            Adapter.loadPlace(out, STACK, BASE, index);
            out.aload(INSTANCE).getfield(Types.INSTANCE, "results", Types.LONGS).loadConstant(index - 1);
            out.laload().lastore();
        }
    }

    /// The array may be another one after a call.
    private static void loadStack(CodeBuilder out) {
        out.aload(INSTANCE).getfield(Types.INSTANCE, "stack", Types.LONGS).astore(STACK);
    }
}
