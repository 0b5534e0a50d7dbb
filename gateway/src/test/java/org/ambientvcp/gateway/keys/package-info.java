@NullMarked
package org.ambientvcp.gateway.keys;

import org.jspecify.annotations.NullMarked;
