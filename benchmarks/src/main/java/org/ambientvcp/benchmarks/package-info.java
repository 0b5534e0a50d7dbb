/// Measurements, one question each. They run by hand; a build only sees that they work.
@NullMarked
package org.ambientvcp.benchmarks;

import org.jspecify.annotations.NullMarked;
