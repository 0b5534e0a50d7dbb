package org.ambientvcp.wasm.trace;

/// A run after so many instructions.
///
/// @param steps instructions executed, as many as asked for, or all the run has
/// @param hasEnded whether the run has no instruction after them
/// @param gasUsed a block is paid when it begins
/// @param digest lower-case hex, see [StateAt]
public record State(long steps, boolean hasEnded, long gasUsed, String digest) {}
