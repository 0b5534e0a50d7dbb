package org.ambientvcp.wasm;

/// The gas table and the limits that are the same for every run. Part of the protocol: a change changes results.
final class Gas {
    /// Every instruction but `else` and `end`, which are free.
    static final long INSTRUCTION = 1;
    /// On top of the `call`, for every call of a host function.
    static final long HOST_CALL = 32;
    /// On top of `memory.grow`, for every page that is added.
    static final long PAGE = 1_024;

    /// Random bytes cost this many times what moved bytes cost.
    static final int RANDOM_FACTOR = 8;

    /// Active calls of one run.
    static final int CALL_DEPTH = 10_000;
    /// Locals and operands of all active calls, when a function is entered.
    static final int STACK_VALUES = 1 << 20;
    /// Elements of one table.
    static final int TABLE_ELEMENTS = 1 << 18;

    private Gas() {}

    /// On top of what moves bytes: 1 for every 8 begun.
    static long bytes(long count) {
        return (count + 7) >>> 3;
    }

    /// On top of a call, for the locals (with parameters) of the callee: 1 for every 8 full.
    static long frame(int locals) {
        return (long) locals >>> 3;
    }

    /// On top of `table.grow`, which may have to move the table: 1 for every 8 begun elements of the larger table.
    static long table(long elements) {
        return (elements + 7) >>> 3;
    }
}
