package org.ambientvcp.wasm.host;

import java.nio.ByteBuffer;
import org.ambientvcp.wasm.Bytes;
import org.ambientvcp.wasm.Sha256;

/// The program's randomness: block i is SHA-256(seed ‖ i), i a 64-bit big-endian number from 0; the blocks follow each
/// other and every call takes the next bytes.
final class RandomStream {
    private final Bytes seed;
    private byte[] block = new byte[0];
    private int used;
    private long counter;

    RandomStream(Bytes seed) {
        this.seed = seed;
    }

    byte[] next(int count) {
        var bytes = new byte[count];
        for (var filled = 0; filled < count; ) {
            if (used == block.length) nextBlock();
            var part = Math.min(count - filled, block.length - used);
            System.arraycopy(block, used, bytes, filled, part);
            used += part;
            filled += part;
        }
        return bytes;
    }

    private void nextBlock() {
        var input = ByteBuffer.allocate(seed.size() + Long.BYTES);
        input.put(seed.toArray()).putLong(counter++);
        block = Sha256.of(input.array());
        used = 0;
    }
}
