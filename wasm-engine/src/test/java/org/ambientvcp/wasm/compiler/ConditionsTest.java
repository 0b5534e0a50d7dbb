package org.ambientvcp.wasm.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.code.Kind;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.Op;
import org.ambientvcp.wasm.code.Signature;
import org.junit.jupiter.api.Test;

/// Every comparison in every place where the compiler may join it with what follows.
class ConditionsTest {
    private static final int FIRST = 0x45;
    private static final int LAST = 0x66;
    private static final int I32_EQZ = 0x45;
    private static final int I64_EQZ = 0x50;
    private static final int I32_XOR = 0x73;

    /// Code behind a comparison, that ends with 1 or 0 on the stack. Places are counted from its start.
    private record Use(String name, List<Integer> code) {
        Use(String name, Integer... code) {
            this(name, List.of(code));
        }
    }

    private static final List<Use> USES = List.of(
            new Use("value"),
            new Use("negated three times", I32_EQZ, I32_EQZ, I32_EQZ, Op.I32_CONST, 1, I32_XOR),
            new Use("jump if", Op.JUMP_IF, 6, Op.I32_CONST, 0, Op.JUMP, 8, Op.I32_CONST, 1),
            new Use("jump unless", Op.JUMP_UNLESS, 6, Op.I32_CONST, 1, Op.JUMP, 8, Op.I32_CONST, 0),
            new Use("jump if not", I32_EQZ, Op.JUMP_IF, 7, Op.I32_CONST, 1, Op.JUMP, 9, Op.I32_CONST, 0),
            new Use("select", Op.LOCAL_SET, 2, Op.I32_CONST, 1, Op.I32_CONST, 0, Op.LOCAL_GET, 2, Op.SELECT));

    @Test
    void comparisonsHoldAsJavaSays() {
        for (var op = FIRST; op <= LAST; op++) {
            var kind = Op.operandKind(op);
            var isUnary = op == I32_EQZ || op == I64_EQZ;
            for (var use : USES) {
                for (var below = 0; below < 2; below++) {
                    var module = module(op, kind, isUnary, use, below == 1);
                    for (var a : values(kind))
                        for (var b : values(kind))
                            assertThat(module.results("test", a, b))
                                    .as("0x%x of %x and %x, %s", op, a, b, use.name())
                                    .containsExactly(holds(op, a, isUnary ? 0 : b) ? 1L : 0L);
                }
            }
        }
    }

    private static TestModule module(int op, Kind kind, boolean isUnary, Use use, boolean hasValueBelow) {
        var code = new ArrayList<Integer>(List.of(Op.METER_CHECK, 1, 0));
        if (hasValueBelow) code.addAll(List.of(Op.I64_CONST, 1, 0));
        code.addAll(List.of(Op.LOCAL_GET, 0));
        if (!isUnary) code.addAll(List.of(Op.LOCAL_GET, 1));
        code.add(op);
        var start = code.size();
        var isTarget = false;
        for (var next : use.code()) {
            code.add(next + (isTarget ? start : 0));
            isTarget = !isTarget && next >= Op.JUMP && next <= Op.JUMP_UNLESS;
        }
        if (hasValueBelow) code.addAll(List.of(Op.LOCAL_SET, 2, Op.DROP, Op.LOCAL_GET, 2));
        code.add(Op.RETURN);
        var signature = new Signature(List.of(kind, kind), List.of(Kind.I32));
        var ints = code.stream().mapToInt(i -> i).toArray();
        var function = new FunctionCode(0, signature, List.of(kind, kind, Kind.I32), ints, 4, false);
        var none = List.<ModuleCode.Import>of();
        var module = new ModuleCode(
                List.of(signature),
                new int[1],
                none,
                List.of(function),
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                -1,
                Map.of());
        return TestModule.of(module, new HashMap<>(Map.of("test", 0)), 1 << 13, MethodLimit.MOST_BYTES);
    }

    private static long[] values(Kind kind) {
        return switch (kind) {
            case I32 -> new long[] {0, 1, 2, 0xffff_ffffL, 0x8000_0000L, 0x7fff_ffffL};
            case I64 -> new long[] {0, 1, 1L << 32, -1, Long.MIN_VALUE, Long.MAX_VALUE};
            case F32 ->
                new long[] {
                    0, 0x8000_0000L, 0x3f80_0000L, 0xbf80_0000L, 0x7f80_0000L, 0x7fc0_0000L, 0xff80_0000L, 0xffc0_0001L
                };
            case F64 ->
                new long[] {0, Long.MIN_VALUE, 0x3ff0L << 48, 0xbff0L << 48, 0x7ff0L << 48, 0x7ff8L << 48, 0xfff0L << 48
                };
        };
    }

    /// In WASM's order of opcodes. Sign extension keeps the order of unsigned numbers.
    private static boolean holds(int op, long a, long b) {
        var narrow = (int) a;
        var other = (int) b;
        if (op <= 0x4f) return op == I32_EQZ ? narrow == 0 : integers(op - 0x46, narrow, other);
        if (op <= 0x5a) return op == I64_EQZ ? a == 0 : integers(op - 0x51, a, b);
        if (op <= 0x60) return floats(op - 0x5b, Float.intBitsToFloat(narrow), Float.intBitsToFloat(other));
        return floats(op - 0x61, Double.longBitsToDouble(a), Double.longBitsToDouble(b));
    }

    private static boolean integers(int number, long a, long b) {
        var unsigned = Long.compareUnsigned(a, b);
        return switch (number) {
            case 0 -> a == b;
            case 1 -> a != b;
            case 2 -> a < b;
            case 3 -> unsigned < 0;
            case 4 -> a > b;
            case 5 -> unsigned > 0;
            case 6 -> a <= b;
            case 7 -> unsigned <= 0;
            case 8 -> a >= b;
            default -> unsigned >= 0;
        };
    }

    private static boolean floats(int number, double a, double b) {
        return switch (number) {
            case 0 -> a == b;
            case 1 -> a != b;
            case 2 -> a < b;
            case 3 -> a > b;
            case 4 -> a <= b;
            default -> a >= b;
        };
    }
}
