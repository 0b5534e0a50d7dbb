package org.ambientvcp.wasm.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// How a run ended, as far as every WebAssembly engine must agree.
///
/// @param reason `completed` or the name of the trap
/// @param results bits, empty after a trap
/// @param globals bits
/// @param tables elements by table, -1 for null
/// @param memory see [#rows]
/// @param host hash over all calls of the host
record Ending(
        String reason, List<Long> results, long host, List<Long> globals, List<List<Integer>> tables, String memory) {

    private static final int ROW = 16;

    /// As `i32` and `f32` in the low half of a long are compared.
    static long bits(Type type, long bits) {
        return type == Type.I64 || type == Type.F64 || type == Type.V128 ? bits : (int) bits;
    }

    /// The size of a memory and all its rows that are not zero.
    static String rows(byte[] memory) {
        var rows = new StringBuilder("%d bytes".formatted(memory.length));
        var zeros = new byte[ROW];
        for (var at = 0; at < memory.length; at += ROW)
            if (!Arrays.equals(memory, at, at + ROW, zeros, 0, ROW))
                rows.append('\n').append(at).append(": ").append(HexFormat.of().formatHex(memory, at, at + ROW));
        return rows.toString();
    }
}
