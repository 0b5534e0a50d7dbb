/// Measurements, one question each. They run by hand, never in a build.
@NullMarked
package org.ambientvcp.benchmarks;

import org.jspecify.annotations.NullMarked;
