package org.ambientvcp.wasm.code;

/// A constant expression: the bits of a number or reference, or the value of an earlier global.
///
/// @param isGlobal whether `bits` is the index of a global
public record Constant(boolean isGlobal, long bits) {}
