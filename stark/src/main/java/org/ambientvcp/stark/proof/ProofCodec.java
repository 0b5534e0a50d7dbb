package org.ambientvcp.stark.proof;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.merkle.MultiOpening;
import org.ambientvcp.stark.proof.ProofReader.MalformedProof;

/// Proofs as bytes: a sequence of little-endian 32-bit words. There is one encoding of each proof, and any
/// bytes are that of one proof or of none: reading and writing are inverse to each other.
///
/// ```text
/// magic · version · profile · key digest · heights · roots of the trees · bus sums · openings
/// · roots of the layers · final polynomial · nonce · openings of the trees · openings of the layers
/// ```
///
/// Sizes come from the key and the heights, which are checked first. Only the openings of trees
/// say how many words they have, for that depends on how many leaves the queries share; the number of queries bounds
/// it.
public final class ProofCodec {
    /// "VCPS" in bytes.
    static final int MAGIC = 0x53504356;

    static final int VERSION = 1;

    /// What the opening of a tree says of itself: its values, salts and nodes.
    private static final int COUNTS = 3;

    private ProofCodec() {}

    /// What bytes turn out to be.
    public sealed interface Decoding {
        /// A proof whose parts have the sizes of the shape. Nothing is said of its truth.
        record Decoded(Proof proof, ProofShape shape) implements Decoding {}

        record Refused(Malformation malformation) implements Decoding {}
    }

    /// Reads a proof for a key from any bytes at all.
    public static Decoding decode(byte[] bytes, VerificationKey key) {
        return decode(bytes, key, key.digest());
    }

    /// As [#decode(byte\[\], VerificationKey)], for who has the key's digest already: it takes as long as hashing
    /// the machine.
    public static Decoding decode(byte[] bytes, VerificationKey key, Digest keyDigest) {
        try {
            return read(new ProofReader(bytes), key, keyDigest);
        } catch (MalformedProof e) {
            return new Decoding.Refused(e.malformation());
        }
    }

    private static Decoding read(ProofReader in, VerificationKey key, Digest expected) throws MalformedProof {
        in.header(MAGIC, VERSION);
        var profileId = in.word("profile");
        if (profileId != key.profile().id()) throw new MalformedProof(new Malformation.OtherProfile(profileId));
        var keyDigest = in.digest("key digest");
        if (!keyDigest.equals(expected)) throw new MalformedProof(new Malformation.OtherKey(keyDigest));
        var logHeights = heights(in, key);
        var shape = key.shape(logHeights);
        in.requireAtMost(mostWords(shape));
        var degree = shape.parameters().extensionDegree();
        var proof = new Proof(
                profileId,
                keyDigest,
                logHeights,
                in.digest("main root"),
                shape.has(Commitment.AUXILIARY) ? in.digest("auxiliary root") : null,
                in.digest("quotient root"),
                in.elements("bus sums", busSums(shape) * degree),
                in.elements("openings", shape.openings() * degree),
                in.digests("layer roots", shape.foldings().size()),
                in.elements("final polynomial", shape.finalWords()),
                in.wide("nonce"),
                trees(in, shape),
                layers(in, shape));
        in.requireEnd();
        return new Decoding.Decoded(proof, shape);
    }

    private static List<Integer> heights(ProofReader in, VerificationKey key) throws MalformedProof {
        var logHeights = new ArrayList<Integer>();
        for (var chip : key.machine().chips()) {
            var least = key.logLeastHeight(logHeights.size());
            var most = key.logMostHeight(logHeights.size());
            var height = in.word("heights");
            if (height < least || height > most)
                throw new MalformedProof(
                        new Malformation.Height(chip.name(), Integer.toUnsignedLong(height), least, most));
            logHeights.add(height);
        }
        if (!key.sizes(logHeights).within(key.profile().limits()))
            throw new MalformedProof(new Malformation.BeyondLimits());
        return logHeights;
    }

    private static List<MultiOpening> trees(ProofReader in, ProofShape shape) throws MalformedProof {
        var trees = new ArrayList<MultiOpening>();
        for (var commitment : Commitment.values())
            if (shape.has(commitment)) trees.add(in.opening(commitment.name(), shape.limits(shape.tree(commitment))));
        return trees;
    }

    private static List<MultiOpening> layers(ProofReader in, ProofShape shape) throws MalformedProof {
        var layers = new ArrayList<MultiOpening>();
        for (var layer : shape.layers()) layers.add(in.opening("layer " + layers.size(), shape.limits(layer)));
        return layers;
    }

    /// Words of the longest proof of this shape.
    private static int mostWords(ProofShape shape) {
        var degree = shape.parameters().extensionDegree();
        var words = 3
                + shape.tables().size()
                + shape.finalWords()
                + 2
                + (4 + shape.foldings().size()) * Digest.WORDS
                + (busSums(shape) + shape.openings()) * degree;
        for (var commitment : Commitment.values())
            if (shape.has(commitment))
                words += COUNTS + shape.limits(shape.tree(commitment)).sum();
        for (var layer : shape.layers()) words += COUNTS + shape.limits(layer).sum();
        return words;
    }

    private static int busSums(ProofShape shape) {
        return shape.tablesIn(Commitment.AUXILIARY).size();
    }

    /// Writes a proof. The parts must have the sizes that the key and the heights give them, or it cannot be read
    /// back.
    public static byte[] encode(Proof proof) {
        var out = new WordWriter()
                .word(MAGIC)
                .word(VERSION)
                .word(proof.profileId())
                .digest(proof.keyDigest());
        proof.logHeights().forEach(out::word);
        out.digest(proof.mainRoot());
        if (proof.auxiliaryRoot() != null) out.digest(proof.auxiliaryRoot());
        out.digest(proof.quotientRoot()).words(proof.busSums()).words(proof.openings());
        proof.layerRoots().forEach(out::digest);
        out.words(proof.finalPolynomial()).wide(proof.nonce());
        proof.trees().forEach(tree -> write(out, tree));
        proof.layers().forEach(layer -> write(out, layer));
        return out.toWords().toBytes();
    }

    private static void write(WordWriter out, MultiOpening opening) {
        out.sized(opening.values()).sized(opening.salts()).sized(opening.path());
    }
}
