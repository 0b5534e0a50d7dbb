package org.ambientvcp.wasm.machine;

import java.security.MessageDigest;
import java.util.Arrays;
import org.ambientvcp.wasm.Sha256;

/// Root of the Merkle tree over a memory: leaves are SHA-256(0x00 ‖ chunk) of its chunks of 4 KiB, inner nodes
/// SHA-256(0x01 ‖ left ‖ right), a node without a right neighbour moves up as it is, and no memory at all is 32 zeros.
final class MemoryRoot {
    static final int CHUNK_BYTES = 4_096;

    private static final int HASH_BYTES = 32;
    private static final byte LEAF = 0;
    private static final byte INNER = 1;
    private static final byte[] ZEROS = new byte[CHUNK_BYTES];
    private static final byte[] LEAF_OF_ZEROS = leaf(Sha256.start(), ZEROS, 0);

    private MemoryRoot() {}

    /// @param memory a multiple of the chunk's size
    static byte[] of(byte[] memory) {
        var digest = Sha256.start();
        var width = memory.length / CHUNK_BYTES;
        if (width == 0) return new byte[HASH_BYTES];
        var level = new byte[width * HASH_BYTES];
        for (var chunk = 0; chunk < width; chunk++) {
            var from = chunk * CHUNK_BYTES;
            var isZero = Arrays.equals(memory, from, from + CHUNK_BYTES, ZEROS, 0, CHUNK_BYTES);
            var hash = isZero ? LEAF_OF_ZEROS : leaf(digest, memory, from);
            System.arraycopy(hash, 0, level, chunk * HASH_BYTES, HASH_BYTES);
        }
        while (width > 1) width = combine(digest, level, width);
        return Arrays.copyOf(level, HASH_BYTES);
    }

    private static byte[] leaf(MessageDigest digest, byte[] memory, int from) {
        digest.update(LEAF);
        digest.update(memory, from, CHUNK_BYTES);
        return digest.digest();
    }

    /// Replaces a level of the tree by the one above it, in place.
    private static int combine(MessageDigest digest, byte[] level, int width) {
        for (var left = 0; left + 1 < width; left += 2) {
            digest.update(INNER);
            digest.update(level, left * HASH_BYTES, 2 * HASH_BYTES);
            System.arraycopy(digest.digest(), 0, level, left / 2 * HASH_BYTES, HASH_BYTES);
        }
        if (width % 2 == 1)
            System.arraycopy(level, (width - 1) * HASH_BYTES, level, width / 2 * HASH_BYTES, HASH_BYTES);
        return (width + 1) / 2;
    }
}
