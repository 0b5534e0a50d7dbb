/// What prover and verifier exchange: the statement, the verification key and the proof, each with one canonical
/// encoding. Nothing a proof says of its own shape is believed: [ProofShape] computes it from the key and the heights.
@NullMarked
package org.ambientvcp.stark.proof;

import org.jspecify.annotations.NullMarked;
