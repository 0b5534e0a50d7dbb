package org.ambientvcp.wasm;

/// What a module offers.
///
/// @param name as in the module, any text
/// @param kind `function`, `memory`, `table` or `global`
/// @param type of a function for example `(i32, i64) -> i32`, of a global `mut i32`, of a memory `1–16 pages`, of a
///     table `funcref 3–3`
public record ModuleExport(String name, String kind, String type) {}
