package org.ambientvcp.wasm.compiler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.BitSet;
import org.ambientvcp.wasm.machine.Executor;
import org.jspecify.annotations.Nullable;

/// Consecutive functions of a module that are compiled together, when one of them is first called. Thread-safe.
final class Unit {
    private static final MethodType CONSTRUCTOR = MethodType.methodType(void.class);

    private final CompiledModule module;
    private final int first;
    private final int end;
    private volatile @Nullable Compiled compiled;

    private record Compiled(Lookup type, Executor functions, BitSet interpreted) {}

    /// @param first own function
    /// @param end behind the last one
    Unit(CompiledModule module, int first, int end) {
        this.module = module;
        this.first = first;
        this.end = end;
    }

    boolean isCompiled() {
        return compiled != null;
    }

    /// Executes the unit's functions.
    Executor functions() {
        return compiled().functions();
    }

    /// Those of them that are not compiled.
    BitSet interpreted() {
        return compiled().interpreted();
    }

    /// The method of a function.
    MethodHandle method(int function, MethodType type) throws ReflectiveOperationException {
        var lookup = compiled().type();
        return lookup.findStatic(lookup.lookupClass(), Callees.nameOf(function), type);
    }

    private Compiled compiled() {
        var known = compiled;
        return known == null ? compile() : known;
    }

    private synchronized Compiled compile() {
        var known = compiled;
        if (known != null) return known;
        var writer = new UnitWriter(module.program(), first, end, module.mostBytes());
        var made = define(writer.write(), writer.interpreted());
        compiled = made;
        return made;
    }

    private Compiled define(byte[] bytes, BitSet interpreted) {
        try {
            var lookup = MethodHandles.lookup().defineHiddenClassWithClassData(bytes, module, true);
            var functions = (Executor)
                    lookup.findConstructor(lookup.lookupClass(), CONSTRUCTOR).invoke();
            return new Compiled(lookup, functions, interpreted);
        } catch (Throwable e) {
            throw new IllegalStateException("functions from " + first + " on cannot be compiled", e);
        }
    }
}
