package org.ambientvcp.stark.attacks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.merkle.MultiOpening;
import org.ambientvcp.stark.proof.Proof;
import org.ambientvcp.stark.proof.Words;

/// A proof with another part in the place of one.
final class ProofEdit {
    private ProofEdit() {}

    static Proof withLogHeights(Proof proof, List<Integer> logHeights) {
        return new Proof(
                proof.profileId(),
                proof.keyDigest(),
                logHeights,
                proof.mainRoot(),
                proof.auxiliaryRoot(),
                proof.quotientRoot(),
                proof.busSums(),
                proof.openings(),
                proof.layerRoots(),
                proof.finalPolynomial(),
                proof.nonce(),
                proof.trees(),
                proof.layers());
    }

    static Proof withRoots(Proof proof, Digest main, Digest quotient) {
        return new Proof(
                proof.profileId(),
                proof.keyDigest(),
                proof.logHeights(),
                main,
                proof.auxiliaryRoot(),
                quotient,
                proof.busSums(),
                proof.openings(),
                proof.layerRoots(),
                proof.finalPolynomial(),
                proof.nonce(),
                proof.trees(),
                proof.layers());
    }

    static Proof withValues(Proof proof, Words busSums, Words openings, Words finalPolynomial) {
        return new Proof(
                proof.profileId(),
                proof.keyDigest(),
                proof.logHeights(),
                proof.mainRoot(),
                proof.auxiliaryRoot(),
                proof.quotientRoot(),
                busSums,
                openings,
                proof.layerRoots(),
                finalPolynomial,
                proof.nonce(),
                proof.trees(),
                proof.layers());
    }

    static Proof withNonce(Proof proof, long nonce) {
        return new Proof(
                proof.profileId(),
                proof.keyDigest(),
                proof.logHeights(),
                proof.mainRoot(),
                proof.auxiliaryRoot(),
                proof.quotientRoot(),
                proof.busSums(),
                proof.openings(),
                proof.layerRoots(),
                proof.finalPolynomial(),
                nonce,
                proof.trees(),
                proof.layers());
    }

    static Proof withLayers(Proof proof, List<Digest> roots, List<MultiOpening> layers) {
        return new Proof(
                proof.profileId(),
                proof.keyDigest(),
                proof.logHeights(),
                proof.mainRoot(),
                proof.auxiliaryRoot(),
                proof.quotientRoot(),
                proof.busSums(),
                proof.openings(),
                roots,
                proof.finalPolynomial(),
                proof.nonce(),
                proof.trees(),
                layers);
    }

    static Proof withTree(Proof proof, int tree, UnaryOperator<MultiOpening> edit) {
        var trees = new ArrayList<>(proof.trees());
        trees.set(tree, edit.apply(trees.get(tree)));
        return new Proof(
                proof.profileId(),
                proof.keyDigest(),
                proof.logHeights(),
                proof.mainRoot(),
                proof.auxiliaryRoot(),
                proof.quotientRoot(),
                proof.busSums(),
                proof.openings(),
                proof.layerRoots(),
                proof.finalPolynomial(),
                proof.nonce(),
                trees,
                proof.layers());
    }

    /// Adds one to an element.
    static Words plusOne(Words words, int at) {
        var changed = words.toArray();
        changed[at] = (changed[at] + 1) % BabyBear.P;
        return Words.of(changed);
    }
}
