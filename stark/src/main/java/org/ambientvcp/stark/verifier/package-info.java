/// Checks proofs. Start at [org.ambientvcp.stark.verifier.Verifier], which names every step in the order of the
/// protocol; each step is a class that fits on a screen or two.
///
/// Nothing here knows the prover. No value of a proof is used before it has been absorbed, no size is taken from a
/// proof, and no bytes at all lead to an exception.
@NullMarked
package org.ambientvcp.stark.verifier;

import org.jspecify.annotations.NullMarked;
