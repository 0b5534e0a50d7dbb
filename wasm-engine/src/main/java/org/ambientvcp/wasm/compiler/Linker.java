package org.ambientvcp.wasm.compiler;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/// Links call sites of compiled code when they are first reached. The JVM calls this.
final class Linker {
    private Linker() {}

    /// To one of the module's own functions.
    static CallSite function(Lookup caller, String name, MethodType type, int function)
            throws ReflectiveOperationException {
        return new ConstantCallSite(module(caller).unit(function).method(function, type));
    }

    /// To any function of a canonical type.
    static CallSite dispatcher(Lookup caller, String name, MethodType type, int canonicalType)
            throws ReflectiveOperationException {
        return new ConstantCallSite(module(caller).dispatcher(canonicalType).method(type));
    }

    private static CompiledModule module(Lookup caller) throws IllegalAccessException {
        return MethodHandles.classData(caller, "_", CompiledModule.class);
    }
}
