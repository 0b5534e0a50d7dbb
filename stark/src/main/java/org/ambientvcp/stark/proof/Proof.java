package org.ambientvcp.stark.proof;

import java.util.List;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.merkle.MultiOpening;
import org.jspecify.annotations.Nullable;

/// A proof as it is sent. It carries no shape: what its parts must be is in [ProofShape], and a proof that
/// [ProofCodec] has read has them, except for the openings, whose size follows from the queries.
///
/// @param profileId of [org.ambientvcp.stark.security.Profile]
/// @param keyDigest of the verification key it is for
/// @param logHeights binary logarithm of the rows of each table, in the key's order
/// @param mainRoot root of the tree of the execution
/// @param auxiliaryRoot root of the tree of bus sums; null if no table has interactions
/// @param quotientRoot root of the tree of quotients and of the mask
/// @param busSums one element of the challenge field for each table on a bus
/// @param openings values outside the domain, in the order of [ProofShape#openings()]
/// @param layerRoots of FRI, one for each folding
/// @param finalPolynomial coefficients, the constant first
/// @param nonce of the proof of work
/// @param trees openings of the trees there are, in the order of [Commitment]
/// @param layers openings of FRI's layers
public record Proof(
        int profileId,
        Digest keyDigest,
        List<Integer> logHeights,
        Digest mainRoot,
        @Nullable Digest auxiliaryRoot,
        Digest quotientRoot,
        Words busSums,
        Words openings,
        List<Digest> layerRoots,
        Words finalPolynomial,
        long nonce,
        List<MultiOpening> trees,
        List<MultiOpening> layers) {

    public Proof {
        logHeights = List.copyOf(logHeights);
        layerRoots = List.copyOf(layerRoots);
        trees = List.copyOf(trees);
        layers = List.copyOf(layers);
    }
}
