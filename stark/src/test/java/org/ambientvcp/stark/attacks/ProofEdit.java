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
    private final Proof proof;
    private List<Integer> logHeights;
    private Digest mainRoot;
    private Digest quotientRoot;
    private Words busSums;
    private Words openings;
    private List<Digest> layerRoots;
    private Words finalPolynomial;
    private long nonce;
    private List<MultiOpening> trees;
    private List<MultiOpening> layers;

    private ProofEdit(Proof proof) {
        this.proof = proof;
        logHeights = proof.logHeights();
        mainRoot = proof.mainRoot();
        quotientRoot = proof.quotientRoot();
        busSums = proof.busSums();
        openings = proof.openings();
        layerRoots = proof.layerRoots();
        finalPolynomial = proof.finalPolynomial();
        nonce = proof.nonce();
        trees = proof.trees();
        layers = proof.layers();
    }

    private Proof done() {
        return new Proof(
                proof.profileId(),
                proof.keyDigest(),
                logHeights,
                mainRoot,
                proof.auxiliaryRoot(),
                quotientRoot,
                busSums,
                openings,
                layerRoots,
                finalPolynomial,
                nonce,
                trees,
                layers);
    }

    static Proof withLogHeights(Proof proof, List<Integer> logHeights) {
        var edit = new ProofEdit(proof);
        edit.logHeights = logHeights;
        return edit.done();
    }

    static Proof withRoots(Proof proof, Digest main, Digest quotient) {
        var edit = new ProofEdit(proof);
        edit.mainRoot = main;
        edit.quotientRoot = quotient;
        return edit.done();
    }

    static Proof withValues(Proof proof, Words busSums, Words openings, Words finalPolynomial) {
        var edit = new ProofEdit(proof);
        edit.busSums = busSums;
        edit.openings = openings;
        edit.finalPolynomial = finalPolynomial;
        return edit.done();
    }

    static Proof withNonce(Proof proof, long nonce) {
        var edit = new ProofEdit(proof);
        edit.nonce = nonce;
        return edit.done();
    }

    static Proof withLayers(Proof proof, List<Digest> roots, List<MultiOpening> layers) {
        var edit = new ProofEdit(proof);
        edit.layerRoots = roots;
        edit.layers = layers;
        return edit.done();
    }

    static Proof withTree(Proof proof, int tree, UnaryOperator<MultiOpening> change) {
        var edit = new ProofEdit(proof);
        edit.trees = new ArrayList<>(proof.trees());
        edit.trees.set(tree, change.apply(edit.trees.get(tree)));
        return edit.done();
    }

    /// Adds one to an element.
    static Words plusOne(Words words, int at) {
        var changed = words.toArray();
        changed[at] = (changed[at] + 1) % BabyBear.P;
        return Words.of(changed);
    }
}
