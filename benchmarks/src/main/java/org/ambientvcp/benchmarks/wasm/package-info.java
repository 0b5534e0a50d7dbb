/// What the WASM engine costs, beside native code and other engines.
@NullMarked
package org.ambientvcp.benchmarks.wasm;

import org.jspecify.annotations.NullMarked;
