@NullMarked
package org.ambientvcp.worker;

import org.jspecify.annotations.NullMarked;
