/// WebAssembly's fixed-width SIMD, a v128 as two longs: the half with the lower lanes and the half with the upper ones.
/// Every instruction is a pure function from halves and numbers to one half or number; lane 0 is in the lowest bits.
@NullMarked
package org.ambientvcp.wasm.machine.simd;

import org.jspecify.annotations.NullMarked;
