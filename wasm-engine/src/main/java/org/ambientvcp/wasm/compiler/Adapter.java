package org.ambientvcp.wasm.compiler;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import org.ambientvcp.wasm.code.Signature;
import org.ambientvcp.wasm.machine.Instance;

/// Writes the methods between compiled code, whose values are the JVM's, and everything else, which has arguments and
/// results in the instance's stack. Compiled code may use the stack from [Instance#free] on, and nothing below.
final class Adapter {
    private static final MethodTypeDesc STACK = MethodTypeDesc.of(Types.LONGS, Types.INSTANCE, CD_int);
    private static final MethodTypeDesc CALL_HOST = MethodTypeDesc.of(CD_void, CD_int, CD_int);
    static final MethodTypeDesc CALL_OTHER = MethodTypeDesc.of(CD_void, Types.INSTANCE, CD_int, CD_int, CD_int);
    /// The module that a class has been made for.
    static final DynamicConstantDesc<?> MODULE =
            DynamicConstantDesc.ofNamed(ConstantDescs.BSM_CLASS_DATA, "_", Types.of(CompiledModule.class));

    private final CodeBuilder out;
    private final Signature signature;
    /// The JVM's local variables: behind the parameters come the instance and other parameters, then our own.
    private final int instance;

    private final int base;
    private final int stack;

    /// For a method with the type of a function or dispatcher.
    Adapter(CodeBuilder out, Signature signature) {
        this.out = out;
        this.signature = signature;
        this.instance = Types.words(signature.parameters());
        this.base = instance + 3;
        this.stack = instance + 4;
    }

    /// Calls a host function.
    void callHost(int imported) {
        storeArguments();
        out.aload(instance).loadConstant(imported).iload(base);
        out.invokevirtual(Types.INSTANCE, "callHost", CALL_HOST);
        returnResults();
    }

    /// Calls one of the module's own functions in the interpreter.
    void interpret(int function) {
        storeArguments();
        out.ldc(MODULE).aload(instance).loadConstant(function).iload(base).iload(instance + 1);
        out.invokevirtual(Types.of(CompiledModule.class), "interpret", CALL_OTHER);
        returnResults();
    }

    /// Calls the function of the module's index space that the dispatcher has been given.
    void callAny() {
        storeArguments();
        out.ldc(MODULE).aload(instance).iload(instance + 1).iload(base).iload(instance + 2);
        out.invokevirtual(Types.of(CompiledModule.class), "callAny", CALL_OTHER);
        returnResults();
    }

    private void storeArguments() {
        var parameters = signature.parameters();
        var count = Math.max(parameters.size(), signature.results().size());
        out.aload(instance)
                .loadConstant(count)
                .invokestatic(Outside.TYPE, "stack", STACK)
                .astore(stack);
        out.aload(instance).getfield(Types.INSTANCE, "free", CD_int).istore(base);
        var slot = 0;
        for (var index = 0; index < parameters.size(); index++) {
            var kind = parameters.get(index);
            loadPlace(out, stack, base, index);
            out.loadLocal(Types.jvmKind(kind), slot);
            Values.toBits(out, kind);
            out.lastore();
            slot += kind.isWide() ? 2 : 1;
        }
    }

    /// Returns the first result, the others go to the instance.
    private void returnResults() {
        var results = signature.results();
        if (results.isEmpty()) {
            out.return_();
            return;
        }
        out.aload(instance).getfield(Types.INSTANCE, "stack", Types.LONGS).astore(stack);
        for (var index = 1; index < results.size(); index++) {
            out.aload(instance).getfield(Types.INSTANCE, "results", Types.LONGS).loadConstant(index - 1);
            loadPlace(out, stack, base, index);
            out.laload().lastore();
        }
        loadPlace(out, stack, base, 0);
        out.laload();
        Values.fromBits(out, results.getFirst());
        out.return_(Types.jvmKind(results.getFirst()));
    }

    /// Loads array and index of a value in the instance's stack.
    static void loadPlace(CodeBuilder out, int stack, int base, int index) {
        out.aload(stack).iload(base);
        if (index != 0) out.loadConstant(index).iadd();
    }
}
