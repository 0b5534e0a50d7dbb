package org.ambientvcp.wasm.crypto;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Signatures of RFC 8032, Ed25519 without context or prehash.
///
/// Strict: of the rules that implementations differ in, all are in force. Public key and R are canonical encodings of
/// points of the prime-order subgroup and not the neutral element, so no key of small order signs for everything; S is
/// below the order, so no second signature can be made from a first one. Between such points the equation with the
/// cofactor and the one without it are the same.
final class Signatures {
    private static final long GAS = 300_000;
    private static final long GAS_PER_BYTE = 4;

    private Signatures() {}

    static long gas(long length) {
        return GAS + GAS_PER_BYTE * length;
    }

    static boolean verify(byte[] memory, int message, int length, int signature, int publicKey) {
        var key = Ed25519.validatePublicKeyFullExport(memory, publicKey);
        return key != null
                && Ed25519.validatePublicKeyFull(memory, signature)
                && Ed25519.verify(memory, signature, key, memory, message, length);
    }
}
