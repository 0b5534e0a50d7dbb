@NullMarked
package org.ambientvcp.gateway.json;

import org.jspecify.annotations.NullMarked;
