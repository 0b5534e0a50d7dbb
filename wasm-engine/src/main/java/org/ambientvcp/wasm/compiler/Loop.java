package org.ambientvcp.wasm.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.wasm.code.Op;
import org.jspecify.annotations.Nullable;

/// A loop of the flat code that has no other loop in it, calls nothing, and takes no gas but that of its blocks.
///
/// @param header position of its [Op#METER_CHECK], where all jumps back go
/// @param end position of the last jump back
/// @param gas most that one round takes
/// @param counter what ends it; null if that is not known
record Loop(int header, int end, long gas, @Nullable Counter counter) {

    /// All such loops by their header.
    static Map<Integer, Loop> of(int[] code) {
        var loops = new HashMap<Integer, Loop>();
        ends(code).forEach((header, end) -> {
            if (isClosed(code, header, end))
                loops.put(header, new Loop(header, end, gas(code, header, end), Counter.of(code, header, end)));
        });
        return loops;
    }

    /// Positions of the last jumps to the headers.
    private static Map<Integer, Integer> ends(int[] code) {
        var ends = new HashMap<Integer, Integer>();
        for (var at = 0; at < code.length; at += Op.width(code, at))
            for (var target : targets(code, at)) if (target <= at) ends.put(target, at);
        return ends;
    }

    /// Where the instruction may jump to.
    static List<Integer> targets(int[] code, int at) {
        return switch (code[at]) {
            case Op.JUMP, Op.JUMP_IF, Op.JUMP_UNLESS -> List.of(code[at + 1]);
            case Op.JUMP_TABLE -> {
                var targets = new ArrayList<Integer>();
                for (var i = 0; i <= code[at + 1]; i++) targets.add(code[at + 2 + i]);
                yield targets;
            }
            default -> List.of();
        };
    }

    private static boolean isClosed(int[] code, int header, int end) {
        if (code[header] != Op.METER_CHECK) return false;
        for (var at = header + Op.width(code, header); at <= end; at += Op.width(code, at)) {
            switch (code[at]) {
                case Op.METER_CHECK, Op.CALL, Op.CALL_HOST, Op.CALL_INDIRECT -> {
                    return false;
                }
                case Op.MEMORY_GROW, Op.MEMORY_FILL, Op.MEMORY_COPY, Op.MEMORY_INIT -> {
                    return false;
                }
                case Op.TABLE_GROW, Op.TABLE_FILL, Op.TABLE_COPY, Op.TABLE_INIT -> {
                    return false;
                }
                default -> {}
            }
        }
        return true;
    }

    /// Whether it is one block, with no way out but its end.
    boolean isOneBlock(int[] code) {
        if (code[end] != Op.JUMP_IF) return false;
        for (var at = header + Op.width(code, header); at < end; at += Op.width(code, at)) {
            switch (code[at]) {
                case Op.METER, Op.RETURN, Op.JUMP, Op.JUMP_IF, Op.JUMP_UNLESS, Op.JUMP_TABLE -> {
                    return false;
                }
                default -> {}
            }
        }
        return code[header + 1] > 0;
    }

    private static long gas(int[] code, int header, int end) {
        var gas = 0L;
        for (var at = header; at <= end; at += Op.width(code, at))
            if (code[at] == Op.METER || code[at] == Op.METER_CHECK) gas += code[at + 1];
        return gas;
    }
}
