package org.ambientvcp.wasm.code;

/// Limits that are the same for every run. Part of the protocol: a change changes results.
public final class Limits {
    /// Slots of all active calls; each takes [FunctionCode#slots].
    public static final int STACK_SLOTS = 1 << 20;
    /// Elements of one table.
    public static final int TABLE_ELEMENTS = 1 << 18;

    private Limits() {}
}
