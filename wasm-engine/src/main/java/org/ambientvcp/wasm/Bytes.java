package org.ambientvcp.wasm;

import java.util.Arrays;
import java.util.HexFormat;

/// An immutable sequence of bytes with equality by content.
public final class Bytes {
    /// No bytes.
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /// A copy of the given bytes.
    public static Bytes of(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /// Takes the array over; nobody else may keep it.
    static Bytes owning(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes);
    }

    public int size() {
        return content.length;
    }

    /// A fresh copy.
    public byte[] toArray() {
        return content.clone();
    }

    /// SHA-256 of the content, lower-case hex.
    public String sha256() {
        return HexFormat.of().formatHex(Sha256.of(content));
    }

    public void copyTo(byte[] target, int from, int length) {
        System.arraycopy(content, from, target, 0, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /// The size and, up to 32 bytes, the content in hex.
    @Override
    public String toString() {
        return content.length <= 32
                ? "Bytes[" + HexFormat.of().formatHex(content) + "]"
                : "Bytes[" + content.length + " bytes]";
    }
}
