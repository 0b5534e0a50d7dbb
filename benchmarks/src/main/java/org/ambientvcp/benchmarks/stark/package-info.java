/// How fast executions are proven and proofs checked.
@NullMarked
package org.ambientvcp.benchmarks.stark;

import org.jspecify.annotations.NullMarked;
