package org.ambientvcp.schemas.signing;

import java.util.HexFormat;
import java.util.regex.Pattern;
import org.ambientvcp.schemas.Sha256;

/// Node ids are fingerprints of public keys, so nobody can take the id of another.
public final class NodeId {
    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("n[0-9a-f]{32}");

    private NodeId() {}

    /// "n" and the first 16 bytes of SHA-256 of the raw 32-byte Ed25519 public key, in lower-case hex.
    public static String of(byte[] publicKey) {
        return "n" + HexFormat.of().formatHex(Sha256.digest(publicKey), 0, BYTES);
    }

    public static boolean isWellFormed(String nodeId) {
        return FORM.matcher(nodeId).matches();
    }
}
