package org.ambientvcp.wasm.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// What a random module has, before its functions have bodies.
///
/// Function 0 to [#HOSTS] - 1 are imported. Global 0 is the fuel: it is counted down at every function's entry and
/// every
/// loop's header, and who finds it used up returns, so that every run ends.
final class Plan {
    /// `input_size`, `input_read` and `output_write` of the module `vcp`.
    static final List<FunctionShape> HOSTS = List.of(
            new FunctionShape(List.of(), List.of(Type.I32)),
            new FunctionShape(List.of(Type.I32, Type.I32, Type.I32), List.of(Type.I32)),
            new FunctionShape(List.of(Type.I32, Type.I32), List.of()));

    static final int FUEL = 0;
    static final int MOST_PAGES = 3;
    static final int MOST_ELEMENTS = 24;

    final SplittableRandom random;
    final int fuel;
    /// Whether blocks have no parameters: Endive's interpreter loses count of values in a block that has some.
    final boolean isForEndive;
    /// Whether there is SIMD, which Endive's interpreter does not have.
    final boolean hasVectors;

    final List<FunctionShape> types = new ArrayList<>();
    /// With the imported ones.
    final List<FunctionShape> functions = new ArrayList<>();

    final List<Type> globals = new ArrayList<>();
    /// By table.
    final List<Type> tables = new ArrayList<>();
    /// Functions in the first table at the start, -1 for null.
    final int[] elements;
    /// Lengths of the data segments.
    final List<Integer> data = new ArrayList<>();
    /// Lengths of the element segments, of which the first fills the first table.
    final List<Integer> segments = new ArrayList<>();

    /// @param fuel how many calls and rounds of loops a run may have
    Plan(SplittableRandom random, int fuel, boolean isForEndive) {
        this.random = random;
        this.fuel = fuel;
        this.isForEndive = isForEndive;
        this.hasVectors = !isForEndive && random.nextInt(3) != 0;
        functions.addAll(HOSTS);
        for (var count = random.nextInt(2, 6); count > 0; count--) functions.add(shape());
        // Endive's way in takes no other references than functions, and ours no vectors.
        while (isForeign(functions.getLast())) functions.set(functions.size() - 1, shape());
        functions.forEach(this::typeIndex);
        globals.add(Type.I32);
        for (var count = random.nextInt(2, 8); count > 0; count--) globals.add(anyType());
        tables.add(Type.FUNCREF);
        if (random.nextBoolean()) tables.add(random.nextBoolean() ? Type.FUNCREF : Type.EXTERNREF);
        elements = new int[random.nextInt(2, 10)];
        for (var i = 0; i < elements.length; i++)
            elements[i] = random.nextInt(8) == 0 ? -1 : random.nextInt(functions.size());
        for (var count = random.nextInt(1, 4); count > 0; count--) data.add(random.nextInt(40));
        segments.add(elements.length);
        for (var count = random.nextInt(3); count > 0; count--) segments.add(random.nextInt(6));
    }

    /// The index of a type, which is added if it is new.
    int typeIndex(FunctionShape shape) {
        var index = types.indexOf(shape);
        if (index >= 0) return index;
        types.add(shape);
        return types.size() - 1;
    }

    private FunctionShape shape() {
        return new FunctionShape(
                types(random.nextInt(5)), types(random.nextInt(8) == 0 ? random.nextInt(2, 5) : random.nextInt(2)));
    }

    private static boolean isForeign(FunctionShape shape) {
        return Stream.of(shape.parameters(), shape.results())
                .flatMap(List::stream)
                .anyMatch(type -> type == Type.EXTERNREF || type == Type.V128);
    }

    List<Type> types(int count) {
        var chosen = new ArrayList<Type>();
        for (var i = 0; i < count; i++) chosen.add(anyType());
        return chosen;
    }

    Type anyType() {
        if (hasVectors && once(3)) return Type.V128;
        return switch (random.nextInt(24)) {
            case 0 -> Type.FUNCREF;
            case 1 -> Type.EXTERNREF;
            default -> Type.NUMBERS.get(random.nextInt(4));
        };
    }

    <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /// True once in `times`.
    boolean once(int times) {
        return random.nextInt(times) == 0;
    }
}
