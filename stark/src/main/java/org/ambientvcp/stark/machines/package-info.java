/// Machines that show what the core can do, and that its attack suite is made for: together they use every part of it.
@NullMarked
package org.ambientvcp.stark.machines;

import org.jspecify.annotations.NullMarked;
