package org.ambientvcp.schemas.signing;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/// Public keys that were found valid: to check that a key is a point of Ed25519's prime order costs as much as to check
/// a signature, and the same nodes sign again and again. Remembers only what a pure function gave, so answers are the
/// same with and without it. Thread-safe.
final class CheckedKeys {
    /// @param id fingerprint of the key
    record Checked(String id, Ed25519.PublicPoint point) {}

    private final int most;
    private final ConcurrentHashMap<ByteBuffer, Checked> known = new ConcurrentHashMap<>();

    /// @param most keys remembered; all are forgotten when one more comes
    CheckedKeys(int most) {
        this.most = most;
    }

    /// The key if it was found valid before; null = not that it is known.
    @Nullable
    Checked get(byte[] publicKey) {
        return known.get(ByteBuffer.wrap(publicKey));
    }

    /// @param publicKey 32 bytes of fingerprint `id`
    /// @return the key; null if it is not a canonical point of the prime order
    @Nullable
    Checked check(byte[] publicKey, String id) {
        var point = Ed25519.validatePublicKeyFullExport(publicKey, 0);
        if (point == null) return null;
        var checked = new Checked(id, point);
        if (known.size() >= most) known.clear();
        known.put(ByteBuffer.wrap(publicKey.clone()), checked);
        return checked;
    }

    int size() {
        return known.size();
    }
}
