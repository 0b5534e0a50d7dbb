/// Executes flat code instruction by instruction: code that is not worth compiling or too large for it, and traces.
@NullMarked
package org.ambientvcp.wasm.interpreter;

import org.jspecify.annotations.NullMarked;
