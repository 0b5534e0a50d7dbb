package org.ambientvcp.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.ambientvcp.events.TaskResult;

/// What honest nodes agree on, as one hash: the deterministic part of a result. Times, energy, stderr
/// and the salt are not in it.
public final class ResultDigest {
    private static final String RESULT = "vcp/result-digest/v1";
    private static final String COMMITMENT = "vcp/commitment/v1";

    private ResultDigest() {}

    /// SHA-256, lower-case hex, over the domain string, 0x00 and: module, outcome, exit code, reason,
    /// values, output hash and size, gas, peak memory and trace digest; strings by 4-byte length and
    /// UTF-8, numbers big-endian.
    public static String of(TaskResult result) {
        var digest = start(RESULT);
        text(digest, result.getModuleSha256());
        text(digest, result.getOutcome().name());
        number(digest, result.getExitCode());
        text(digest, result.getReason() == null ? "" : result.getReason());
        number(digest, result.getValues().size());
        for (var value : result.getValues()) {
            text(digest, value.getType().name());
            number(digest, value.getBits());
        }
        text(digest, result.getOutputSha256());
        number(digest, result.getOutputBytes());
        number(digest, result.getGasUsed());
        number(digest, result.getPeakMemoryPages());
        text(digest, result.getTraceDigest());
        return HexFormat.of().formatHex(digest.digest());
    }

    /// The commitment to a result: SHA-256, lower-case hex, over the domain string, 0x00, the salt,
    /// the node's id and the result's digest. Naming the node keeps one node from copying another's.
    public static String commitment(byte[] salt, String nodeId, String resultDigest) {
        var digest = start(COMMITMENT);
        number(digest, salt.length);
        digest.update(salt);
        text(digest, nodeId);
        text(digest, resultDigest);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest start(String domain) {
        var digest = Sha256.newDigest();
        digest.update(domain.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return digest;
    }

    private static void text(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static void number(MessageDigest digest, long number) {
        digest.update(ByteBuffer.allocate(8).putLong(number).array());
    }
}
