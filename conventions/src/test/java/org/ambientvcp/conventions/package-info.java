/// Checks of the whole tree that no module can make alone.
@NullMarked
package org.ambientvcp.conventions;

import org.jspecify.annotations.NullMarked;
