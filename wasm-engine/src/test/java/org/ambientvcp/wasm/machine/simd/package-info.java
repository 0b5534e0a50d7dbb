/// The functions of SIMD instructions against plain code, lane by lane.
@NullMarked
package org.ambientvcp.wasm.machine.simd;

import org.jspecify.annotations.NullMarked;
