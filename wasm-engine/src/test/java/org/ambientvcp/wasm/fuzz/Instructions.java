package org.ambientvcp.wasm.fuzz;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ambientvcp.wasm.code.Kind;
import org.ambientvcp.wasm.code.Op;

/// The instructions that compute, load and store, by the type they give or take.
final class Instructions {
    /// Numeric ones by their result; 0x100 stands for the prefix 0xfc.
    private static final Map<Type, List<Integer>> NUMERIC = new EnumMap<>(Type.class);

    private static final Map<Type, List<Integer>> LOADS = Map.of(
            Type.I32, List.of(0x28, 0x2c, 0x2d, 0x2e, 0x2f),
            Type.I64, List.of(0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35),
            Type.F32, List.of(0x2a),
            Type.F64, List.of(0x2b));

    private static final Map<Type, List<Integer>> STORES = Map.of(
            Type.I32, List.of(0x36, 0x3a, 0x3b),
            Type.I64, List.of(0x37, 0x3c, 0x3d, 0x3e),
            Type.F32, List.of(0x38),
            Type.F64, List.of(0x39));

    static {
        for (var type : Type.NUMBERS)
            NUMERIC.put(
                    type,
                    IntStream.concat(
                                    IntStream.rangeClosed(Op.FIRST_NUMERIC, Op.LAST_NUMERIC),
                                    IntStream.rangeClosed(Op.FIRST_SATURATING, Op.LAST_SATURATING))
                            .filter(op -> type(Op.result(op)) == type)
                            .boxed()
                            .toList());
    }

    private Instructions() {}

    static List<Integer> numeric(Type type) {
        return requireNonNull(NUMERIC.get(type));
    }

    static List<Integer> loads(Type type) {
        return requireNonNull(LOADS.get(type));
    }

    static List<Integer> stores(Type type) {
        return requireNonNull(STORES.get(type));
    }

    static Type type(Kind kind) {
        return Type.valueOf(kind.name());
    }

    /// Integer division and remainder, which trap.
    static boolean divides(int op) {
        return (op >= 0x6d && op <= 0x70) || (op >= 0x7f && op <= 0x82);
    }

    /// Conversion of a float to an integer that traps, for which there is a saturating one.
    static boolean trapsOnConversion(int op) {
        return (op >= 0xa8 && op <= 0xab) || (op >= 0xae && op <= 0xb1);
    }

    /// The largest alignment that a load or store may state, as an exponent.
    static int alignment(int op) {
        return switch (op) {
            case 0x28, 0x2a, 0x34, 0x35, 0x36, 0x38, 0x3e -> 2;
            case 0x29, 0x2b, 0x37, 0x39 -> 3;
            case 0x2e, 0x2f, 0x32, 0x33, 0x3b, 0x3d -> 1;
            default -> 0;
        };
    }
}
