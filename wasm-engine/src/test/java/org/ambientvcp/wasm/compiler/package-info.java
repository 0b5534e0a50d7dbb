@NullMarked
package org.ambientvcp.wasm.compiler;

import org.jspecify.annotations.NullMarked;
