/// A validated module in the form that runs: one flat array of instructions per function, branches resolved, gas laid
/// out by basic block. Interpreter and compiler both read it, so that gas, path and limits are the same by
/// construction.
@NullMarked
package org.ambientvcp.wasm.code;

import org.jspecify.annotations.NullMarked;
