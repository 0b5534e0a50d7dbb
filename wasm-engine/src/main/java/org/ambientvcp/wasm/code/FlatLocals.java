package org.ambientvcp.wasm.code;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import run.endive.wasm.types.ValType;

/// The local variables of a function in flat code: a v128 takes two, its lower half first. Behind those of the module
/// come scratch locals, which lowering takes where halves are used twice; nothing stays in them from one instruction of
/// the module to the next.
final class FlatLocals {
    private final List<Kind> kinds = new ArrayList<>();
    /// First place by the module's index.
    private final int[] places;

    private final BitSet vectors = new BitSet();
    private final BitSet references = new BitSet();
    private final int declared;
    private final Map<Kind, List<Integer>> scratch = new EnumMap<>(Kind.class);

    /// @param parameters of the function
    /// @param others the locals behind them
    FlatLocals(List<ValType> parameters, List<ValType> others) {
        places = new int[parameters.size() + others.size()];
        for (var local = 0; local < places.length; local++) {
            var isParameter = local < parameters.size();
            var type = isParameter ? parameters.get(local) : others.get(local - parameters.size());
            places[local] = kinds.size();
            if (type.equals(ValType.V128)) vectors.set(local);
            if (type.isReference() && !isParameter) references.set(places[local]);
            kinds.addAll(ModuleTypes.kinds(type));
        }
        declared = kinds.size();
    }

    /// Where a local of the module is, or its lower half.
    int place(int local) {
        return places[local];
    }

    boolean isVector(int local) {
        return vectors.get(local);
    }

    Kind kind(int place) {
        return kinds.get(place);
    }

    /// Places of the module's locals, without parameters, that hold a reference.
    BitSet references() {
        return references;
    }

    /// Without scratch locals.
    int declared() {
        return declared;
    }

    /// Kinds of all that there are by now.
    List<Kind> kinds() {
        return List.copyOf(kinds);
    }

    /// The place of a scratch local.
    ///
    /// @param number from 0, of all scratch locals of the kind
    int scratch(Kind kind, int number) {
        var known = scratch.computeIfAbsent(kind, any -> new ArrayList<>());
        while (known.size() <= number) {
            known.add(kinds.size());
            kinds.add(kind);
        }
        return known.get(number);
    }
}
