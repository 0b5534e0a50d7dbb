package org.ambientvcp.wasm;

import java.util.List;

/// A function that can be called by name.
///
/// @param index in the module's index space
/// @param type as people write it, for example `(i32, i64) -> i32`
/// @param parameters types as text
/// @param results types as text
record ExportedFunction(int index, String type, List<String> parameters, List<String> results) {}
