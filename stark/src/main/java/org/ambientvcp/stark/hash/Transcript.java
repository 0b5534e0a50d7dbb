package org.ambientvcp.stark.hash;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;

/// The Fiat–Shamir transcript: challenges are a hash of everything said before.
///
/// ```text
/// absorb:  state ← BLAKE2s_absorb(state ‖ len(label) ‖ len(data) ‖ label ‖ data),  counter ← 0
/// squeeze: block ← BLAKE2s_squeeze(state ‖ counter),  counter ← counter + 1;  8 words a block
/// ```
///
/// Lengths and counters are u32, words little-endian, labels US-ASCII. A base element is absorbed in its canonical form
/// and squeezed by rejection: the upper 31 bits of a word, if they are below p. What of a block was not used when
/// something is absorbed is never used.
///
/// Every `absorb` returns what it took. A verifier that takes each value of a proof from there, and from nowhere else,
/// has no value that a later challenge does not depend on.
///
/// Not thread-safe.
public final class Transcript {
    private Digest state;
    private int counter;
    private Digest block;
    private int used = Digest.WORDS;

    /// @param domain what this is a transcript of: protocol and version
    public Transcript(String domain) {
        state = Digest.of(new int[Digest.WORDS], 0);
        block = state;
        absorb("domain", domain.getBytes(StandardCharsets.UTF_8));
    }

    private Transcript(Transcript other) {
        state = other.state;
        counter = other.counter;
        block = other.block;
        used = other.used;
    }

    /// A transcript with the same history, that goes on by itself.
    public Transcript copy() {
        return new Transcript(this);
    }

    public byte[] absorb(String label, byte[] data) {
        var name = label.getBytes(StandardCharsets.US_ASCII);
        state = Blake2s.of(Purpose.ABSORB)
                .update(state)
                .update(name.length)
                .update(data.length)
                .update(name)
                .update(data)
                .digest();
        counter = 0;
        used = Digest.WORDS;
        return data;
    }

    public Digest absorb(String label, Digest digest) {
        absorb(label, digest.bytes());
        return digest;
    }

    /// @param words any u32, for example base elements in canonical form
    public int[] absorb(String label, int... words) {
        var data = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (var word : words) data.putInt(word);
        absorb(label, data.array());
        return words;
    }

    public Element absorb(String label, Element element) {
        absorb(label, List.of(element));
        return element;
    }

    public List<Element> absorb(String label, List<Element> elements) {
        var degree = elements.isEmpty() ? 0 : elements.getFirst().field().degree();
        var words = new int[elements.size() * degree];
        for (var i = 0; i < words.length; i++)
            words[i] = BabyBear.toCanonical(elements.get(i / degree).coefficient(i % degree));
        absorb(label, words);
        return elements;
    }

    /// A uniformly distributed element of an extension field.
    public Element challenge(ExtensionField field) {
        var coefficients = new int[field.degree()];
        for (var i = 0; i < coefficients.length; i++) coefficients[i] = baseElement();
        return field.element(coefficients, 0);
    }

    private int baseElement() {
        while (true) {
            var candidate = word() >>> 1;
            if (BabyBear.isCanonical(candidate)) return BabyBear.fromCanonical(candidate);
        }
    }

    /// A uniformly distributed index below 2^`bits`.
    ///
    /// @param bits 0–31
    public int index(int bits) {
        if (bits < 0 || bits > 31) throw new IllegalArgumentException("bits of an index are not 0–31: " + bits);
        return (int) ((word() & 0xFFFFFFFFL) & ((1L << bits) - 1));
    }

    private int word() {
        if (used == Digest.WORDS) {
            block = Blake2s.of(Purpose.SQUEEZE).update(state).update(counter++).digest();
            used = 0;
        }
        return block.word(used++);
    }

    /// Whether `nonce` is a proof of work of so many bits: BLAKE2s_grind(state ‖ nonce as u64) ends, read as a
    /// little-endian number, in so many zero bits. It is absorbed in any case.
    ///
    /// @param bits 0–32
    public boolean absorbGrinding(long nonce, int bits) {
        if (bits < 0 || bits > 32) throw new IllegalArgumentException("bits of grinding are not 0–32: " + bits);
        var first = Blake2s.of(Purpose.GRIND)
                .update(state)
                .update((int) nonce)
                .update((int) (nonce >>> 32))
                .digest()
                .word(0);
        absorb("grinding", (int) nonce, (int) (nonce >>> 32));
        return (first & ((1L << bits) - 1)) == 0;
    }

    /// What a prover has to grind against.
    Digest state() {
        return state;
    }
}
