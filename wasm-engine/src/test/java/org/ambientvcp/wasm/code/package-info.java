@NullMarked
package org.ambientvcp.wasm.code;

import org.jspecify.annotations.NullMarked;
