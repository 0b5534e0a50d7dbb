/// The prover's inner loops, in plain Java and with the Vector API, and what they run on: threads and arrays.
@NullMarked
package org.ambientvcp.stark.kernel;

import org.jspecify.annotations.NullMarked;
