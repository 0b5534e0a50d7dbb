/// Looking into a run instruction by instruction: its last steps before a trap, its state after any step, and where two
/// runs that should be the same part.
@NullMarked
package org.ambientvcp.wasm.trace;

import org.jspecify.annotations.NullMarked;
