/// The open-loop load generator: thousands of simulated nodes on the real services.
@NullMarked
package org.ambientvcp.benchmarks.load;

import org.jspecify.annotations.NullMarked;
