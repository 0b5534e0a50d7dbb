package org.ambientvcp.wasm.machine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import org.ambientvcp.wasm.Sha256;

/// SHA-256 of a run's state between two blocks, all numbers little-endian:
///
/// ```text
/// "vcp/state/v1" 0x00
/// gas used, path                        8 bytes each
/// root of the memory                    32 bytes, see MemoryRoot
/// number of globals, their bits         4 bytes, 8 bytes each
/// for every table: length, elements     4 bytes each
/// ```
public final class StateDigest {
    private static final byte[] DOMAIN = "vcp/state/v1\0".getBytes(US_ASCII);

    private StateDigest() {}

    public static byte[] of(long gasUsed, Instance instance) {
        var digest = Sha256.start();
        digest.update(DOMAIN);
        digest.update(numbers(16).putLong(gasUsed).putLong(instance.path).flip());
        digest.update(MemoryRoot.of(instance.memory));
        globals(digest, instance.globals);
        for (var table : instance.tables) elements(digest, table.elements);
        return digest.digest();
    }

    private static void globals(MessageDigest digest, long[] globals) {
        var bytes = numbers(4 + 8 * globals.length).putInt(globals.length);
        for (var global : globals) bytes.putLong(global);
        digest.update(bytes.flip());
    }

    private static void elements(MessageDigest digest, int[] elements) {
        var bytes = numbers(4 + 4 * elements.length).putInt(elements.length);
        for (var element : elements) bytes.putInt(element);
        digest.update(bytes.flip());
    }

    private static ByteBuffer numbers(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
