@NullMarked
package org.ambientvcp.wasm.tensor;

import org.jspecify.annotations.NullMarked;
