@NullMarked
package org.ambientvcp.wasm.crypto;

import org.jspecify.annotations.NullMarked;
