/// All that a program can reach outside itself: the functions of module `vcp` and of WASI preview 1.
@NullMarked
package org.ambientvcp.wasm.host;

import org.jspecify.annotations.NullMarked;
