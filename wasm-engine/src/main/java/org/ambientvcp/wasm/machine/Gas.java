package org.ambientvcp.wasm.machine;

/// What costs more than the one gas of an instruction. Part of the protocol: a change changes results.
public final class Gas {
    /// On top of the `call`, for every call of a host function.
    public static final long HOST_CALL = 32;
    /// Random bytes cost this many times what moved bytes cost.
    public static final int RANDOM_FACTOR = 8;

    /// On top of `memory.grow`, for every page of the memory that comes out: all of them are copied.
    private static final long PAGE = 1_024;

    private Gas() {}

    /// On top of what moves bytes: 1 for every 8 begun.
    public static long bytes(long count) {
        return (count + 7) >>> 3;
    }

    /// On top of `memory.grow` that adds pages.
    static long memory(int pages) {
        return pages * PAGE;
    }

    /// On top of `table.grow`, which may have to move the table: 1 for every 8 begun elements of the larger table.
    static long table(long elements) {
        return (elements + 7) >>> 3;
    }
}
