package org.ambientvcp.wasm;

/// What a module needs; always a function of the host interface.
///
/// @param module `vcp` or `wasi_snapshot_preview1`
/// @param name of the function
/// @param kind `function`
/// @param type for example `(i32, i32) -> i32`
public record ModuleImport(String module, String name, String kind, String type) {}
