@NullMarked
package org.ambientvcp.audit;

import org.jspecify.annotations.NullMarked;
