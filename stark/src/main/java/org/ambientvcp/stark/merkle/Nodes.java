package org.ambientvcp.stark.merkle;

import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.hash.LaneHash;

/// The digests of one level, [LaneHash#LANES] of them word by word, then the next: as they come from a [LaneHash] and
/// go into the
/// next.
@SuppressWarnings("ArrayRecordComponent") // a place to write to, never compared
record Nodes(int size, int[] words) {
    private static final int LANES = LaneHash.LANES;
    static final int GROUP_WORDS = Digest.WORDS * LANES;

    static Nodes of(int size) {
        return new Nodes(size, new int[Math.ceilDiv(size, LANES) * GROUP_WORDS]);
    }

    /// Where the group begins that begins with a node, a multiple of [LaneHash#LANES].
    static int group(int node) {
        return node * Digest.WORDS;
    }

    void setGroup(int node, int[] digests) {
        System.arraycopy(digests, 0, words, group(node), GROUP_WORDS);
    }

    private static int at(int node, int word) {
        return node / LANES * GROUP_WORDS + word * LANES + node % LANES;
    }

    /// The words of a node to every [LaneHash#LANES]th place from `to` on.
    void copyTo(int node, int[] lanes, int to) {
        for (var w = 0; w < Digest.WORDS; w++) lanes[to + w * LANES] = words[at(node, w)];
    }

    void set(int node, Digest digest) {
        for (var w = 0; w < Digest.WORDS; w++) words[at(node, w)] = digest.word(w);
    }

    Digest get(int node) {
        var digest = new int[Digest.WORDS];
        for (var w = 0; w < Digest.WORDS; w++) digest[w] = words[at(node, w)];
        return Digest.of(digest, 0);
    }
}
