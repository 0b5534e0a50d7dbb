package org.ambientvcp.stark.hash;

import java.nio.charset.StandardCharsets;

/// What a hash is for: BLAKE2s's parameter "personalization", 8 bytes. A digest of one purpose is none of another.
public enum Purpose {
    /// A row of matrices and its salt.
    LEAF("WVMleaf1"),
    /// Two nodes of a Merkle tree.
    NODE("WVMnode1"),
    /// A node of a Merkle tree and the leaf of a shorter matrix, which joins the tree there.
    JOIN("WVMjoin1"),
    /// The state of a transcript and a message.
    ABSORB("WVMabsb1"),
    /// The state of a transcript and a counter, for challenges.
    SQUEEZE("WVMsqze1"),
    /// The state of a transcript and the nonce of the proof of work.
    GRIND("WVMgrnd1"),
    /// A secret key and a counter, for salts and masks.
    STREAM("WVMstrm1"),
    /// The canonical encoding of a statement or a verification key.
    ENCODING("WVMenco1");

    private final String personalization;

    Purpose(String personalization) {
        this.personalization = personalization;
    }

    public byte[] personalization() {
        return personalization.getBytes(StandardCharsets.US_ASCII);
    }
}
