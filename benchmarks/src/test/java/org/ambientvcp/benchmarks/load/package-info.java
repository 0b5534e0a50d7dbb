@NullMarked
package org.ambientvcp.benchmarks.load;

import org.jspecify.annotations.NullMarked;
