/// Logs of a made-up cluster, decided by the real rules: for tests, benchmarks and simulations.
@NullMarked
package org.ambientvcp.audit.synthetic;

import org.jspecify.annotations.NullMarked;
