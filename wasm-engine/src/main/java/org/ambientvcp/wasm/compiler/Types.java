package org.ambientvcp.wasm.compiler;

import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.wasm.code.Kind;
import org.ambientvcp.wasm.code.Signature;
import org.ambientvcp.wasm.machine.Instance;

/// How WASM's types are written for the JVM.
final class Types {
    static final ClassDesc INSTANCE = of(Instance.class);
    static final ClassDesc BYTES = CD_byte.arrayType();
    static final ClassDesc LONGS = CD_long.arrayType();

    /// Words that the arguments of a compiled function may take, with the two that every function has. The JVM
    /// allows 255, and method handles need a few.
    static final int MOST_ARGUMENT_WORDS = 250;

    private Types() {}

    static ClassDesc of(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    static ClassDesc of(Kind kind) {
        return switch (kind) {
            case I32 -> CD_int;
            case I64 -> CD_long;
            case F32 -> CD_float;
            case F64 -> CD_double;
        };
    }

    static TypeKind jvmKind(Kind kind) {
        return switch (kind) {
            case I32 -> TypeKind.INT;
            case I64 -> TypeKind.LONG;
            case F32 -> TypeKind.FLOAT;
            case F64 -> TypeKind.DOUBLE;
        };
    }

    /// Words of the JVM's that values take.
    static int words(List<Kind> kinds) {
        var words = 0;
        for (var kind : kinds) words += kind.isWide() ? 2 : 1;
        return words;
    }

    /// Whether a function is a method of its own: its arguments fit.
    static boolean isCallable(Signature signature) {
        return words(signature.parameters()) + 2 <= MOST_ARGUMENT_WORDS;
    }

    /// Of a compiled function: its parameters, the instance, and the room that is left for calls. Gives the first
    /// result; the others are in [Instance#results].
    static MethodTypeDesc ofFunction(Signature signature) {
        return method(signature, CD_int);
    }

    /// As [#ofFunction], with an index of a function as first parameter behind WASM's.
    static MethodTypeDesc ofDispatcher(Signature signature) {
        return method(signature, CD_int, CD_int);
    }

    private static MethodTypeDesc method(Signature signature, ClassDesc... last) {
        var parameters = new ArrayList<ClassDesc>();
        for (var kind : signature.parameters()) parameters.add(of(kind));
        parameters.add(INSTANCE);
        parameters.addAll(List.of(last));
        var results = signature.results();
        return MethodTypeDesc.of(results.isEmpty() ? CD_void : of(results.getFirst()), parameters);
    }
}
