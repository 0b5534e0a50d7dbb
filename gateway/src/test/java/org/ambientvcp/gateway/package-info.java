@NullMarked
package org.ambientvcp.gateway;

import org.jspecify.annotations.NullMarked;
