/// The last steps, the states and the bisection of runs.
@NullMarked
package org.ambientvcp.wasm.trace;

import org.jspecify.annotations.NullMarked;
