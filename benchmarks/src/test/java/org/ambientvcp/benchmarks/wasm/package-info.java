@NullMarked
package org.ambientvcp.benchmarks.wasm;

import org.jspecify.annotations.NullMarked;
