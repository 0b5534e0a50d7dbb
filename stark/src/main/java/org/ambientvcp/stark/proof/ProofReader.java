package org.ambientvcp.stark.proof;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.merkle.MultiOpening;
import org.ambientvcp.stark.merkle.TreeShape;
import org.ambientvcp.stark.proof.ProofShape.Limits;

/// Reads the parts of a proof one after the other. No size is used before it has been compared with what is left.
final class ProofReader {
    private final ByteBuffer in;

    ProofReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Ends the reading; [ProofCodec] makes it an answer.
    static final class MalformedProof extends Exception {
        private final transient Malformation malformation;

        MalformedProof(Malformation malformation) {
            super(malformation.toString(), null, false, false);
            this.malformation = malformation;
        }

        Malformation malformation() {
            return malformation;
        }
    }

    void header(int magic, int version) throws MalformedProof {
        if (in.remaining() < Integer.BYTES || in.getInt() != magic)
            throw new MalformedProof(new Malformation.NotAProof());
        var actual = word("version");
        if (actual != version) throw new MalformedProof(new Malformation.UnknownVersion(actual));
    }

    int word(String part) throws MalformedProof {
        require(part, 1);
        return in.getInt();
    }

    /// Two words, the lower first.
    long wide(String part) throws MalformedProof {
        require(part, 2);
        return in.getLong();
    }

    Digest digest(String part) throws MalformedProof {
        return Digest.of(ints(part, Digest.WORDS), 0);
    }

    List<Digest> digests(String part, int count) throws MalformedProof {
        var digests = new ArrayList<Digest>();
        for (var i = 0; i < count; i++) digests.add(digest(part));
        return digests;
    }

    /// Canonical field elements.
    Words elements(String part, int count) throws MalformedProof {
        return Words.of(canonical(part, count));
    }

    private int[] canonical(String part, int count) throws MalformedProof {
        var elements = ints(part, count);
        for (var element : elements)
            if (!BabyBear.isCanonical(element)) throw new MalformedProof(new Malformation.NotCanonical(part));
        return elements;
    }

    MultiOpening opening(String tree, Limits limits) throws MalformedProof {
        return new MultiOpening(
                canonical(tree + " values", count(tree + " values", limits.values(), 1)),
                ints(tree + " salts", count(tree + " salts", limits.salts(), TreeShape.SALT_WORDS)),
                ints(tree + " path", count(tree + " path", limits.path(), Digest.WORDS)));
    }

    /// The number of words that follow.
    ///
    /// @param most they can be
    /// @param unit of which it is a multiple
    private int count(String part, int most, int unit) throws MalformedProof {
        var count = word(part);
        if (count < 0 || count > most || count % unit != 0)
            throw new MalformedProof(new Malformation.Count(part, Integer.toUnsignedLong(count), most));
        return count;
    }

    private int[] ints(String part, int count) throws MalformedProof {
        require(part, count);
        var words = new int[count];
        for (var i = 0; i < count; i++) words[i] = in.getInt();
        return words;
    }

    private void require(String part, int words) throws MalformedProof {
        if (in.remaining() / Integer.BYTES < words) throw new MalformedProof(new Malformation.Truncated(part));
    }

    /// Refuses what is longer than a proof of so many words, before more of it is read.
    void requireAtMost(int words) throws MalformedProof {
        if (in.capacity() > Integer.BYTES * (long) words)
            throw new MalformedProof(new Malformation.TooLong(in.capacity(), Integer.BYTES * (long) words));
    }

    void requireEnd() throws MalformedProof {
        if (in.hasRemaining()) throw new MalformedProof(new Malformation.TrailingBytes(in.remaining()));
    }
}
