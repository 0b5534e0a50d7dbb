/// BLAKE2s, the transcript that challenges come from, grinding, and the randomness of the prover.
@NullMarked
package org.ambientvcp.stark.hash;

import org.jspecify.annotations.NullMarked;
