package org.ambientvcp.wasm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;

/// SHA-256 of what a run did, all numbers little-endian:
///
/// ```text
/// "vcp/trace/v3" 0x00
/// SHA-256 of the module           32 bytes
/// gas used, path                  8 bytes each
/// number of checkpoints           4 bytes
/// for every checkpoint            32 bytes
/// ```
final class TraceDigest {
    private static final byte[] DOMAIN = "vcp/trace/v3\0".getBytes(US_ASCII);

    private TraceDigest() {}

    /// @param checkpoints lower-case hex
    /// @return lower-case hex
    static String of(byte[] moduleSha256, long gasUsed, long path, List<String> checkpoints) {
        var digest = Sha256.start();
        digest.update(DOMAIN);
        digest.update(moduleSha256);
        var numbers = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        digest.update(numbers.putLong(gasUsed)
                .putLong(path)
                .putInt(checkpoints.size())
                .flip());
        for (var checkpoint : checkpoints) digest.update(HexFormat.of().parseHex(checkpoint));
        return HexFormat.of().formatHex(digest.digest());
    }
}
