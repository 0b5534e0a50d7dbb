/// Programs that mean harm, with the outcome of each pinned.
@NullMarked
package org.ambientvcp.wasm.hostile;

import org.jspecify.annotations.NullMarked;
