/// A sandbox for untrusted WASM: checked modules, gas, limits, host functions and trace digests.
///
/// Start at [WasmModule#compile] and [WasmEngine#run]; `docs/wasm-engine.md` states the rules. No type of the
/// interpreter underneath appears in a public signature.
@NullMarked
package org.ambientvcp.wasm;

import org.jspecify.annotations.NullMarked;
