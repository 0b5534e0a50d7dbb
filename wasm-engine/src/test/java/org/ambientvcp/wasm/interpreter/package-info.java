/// The interpreter alone, below the engine's public face.
@NullMarked
package org.ambientvcp.wasm.interpreter;

import org.jspecify.annotations.NullMarked;
