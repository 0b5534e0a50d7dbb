package org.ambientvcp.wasm.compiler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/// What indirect calls of one canonical type go through, compiled when one is first reached. Thread-safe.
final class Dispatcher {
    private final CompiledModule module;
    private final int type;
    private volatile @Nullable Lookup compiled;

    Dispatcher(CompiledModule module, int type) {
        this.module = module;
        this.type = type;
    }

    MethodHandle method(MethodType methodType) throws ReflectiveOperationException {
        var known = compiled;
        var lookup = known == null ? compile() : known;
        return lookup.findStatic(lookup.lookupClass(), DispatcherWriter.NAME, methodType);
    }

    private synchronized Lookup compile() throws IllegalAccessException {
        var known = compiled;
        if (known != null) return known;
        var bytes = new DispatcherWriter(module.program().module(), type).write();
        var made = MethodHandles.lookup().defineHiddenClassWithClassData(bytes, module, true);
        compiled = made;
        return made;
    }
}
