/// The state of one run and the rules that both ways of executing code share: memory, tables, gas, traps, arithmetic.
@NullMarked
package org.ambientvcp.wasm.machine;

import org.jspecify.annotations.NullMarked;
