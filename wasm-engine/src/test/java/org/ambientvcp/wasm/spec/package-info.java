/// WebAssembly's official tests, run in both modes.
@NullMarked
package org.ambientvcp.wasm.spec;

import org.jspecify.annotations.NullMarked;
