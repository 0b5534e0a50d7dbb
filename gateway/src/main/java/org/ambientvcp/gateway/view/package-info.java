/// What the compacted topics say now, in memory.
@NullMarked
package org.ambientvcp.gateway.view;

import org.jspecify.annotations.NullMarked;
