/// Makes proofs. Start at [org.ambientvcp.stark.prover.Prover], which goes through the rounds of the protocol; every
/// round is a class. The prover does not check what it is asked to prove: of a wrong execution it makes a proof that is
/// refused, which is what the tests of the constraints live on.
@NullMarked
package org.ambientvcp.stark.prover;

import org.jspecify.annotations.NullMarked;
