package org.ambientvcp.wasm;

import run.endive.runtime.MStack;

/// WASM leaves sign and payload of a computed NaN open, and processors differ in them. Here every NaN that arithmetic
/// computes is the positive canonical one, which WASM allows; a NaN that is only moved keeps its bits, as WASM demands.
final class CanonicalNan {
    static final long F32 = 0x7fc0_0000L;
    static final long F64 = 0x7ff8_0000_0000_0000L;

    private CanonicalNan() {}

    /// Replaces a NaN on top of the stack.
    ///
    /// @param traits of the instruction that pushed it
    static void onTopOf(MStack stack, int traits) {
        var values = stack.array();
        var top = stack.size() - 1;
        if ((traits & Traits.COMPUTES_F32) != 0) {
            if (((int) values[top] & 0x7fff_ffff) > 0x7f80_0000) values[top] = F32;
        } else if ((values[top] & Long.MAX_VALUE) > 0x7ff0_0000_0000_0000L) {
            values[top] = F64;
        }
    }
}
