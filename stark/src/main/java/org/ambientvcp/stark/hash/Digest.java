package org.ambientvcp.stark.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/// The 32 bytes of a BLAKE2s-256 hash, as the 8 little-endian words that BLAKE2s calculates with. Immutable.
public final class Digest {
    public static final int WORDS = 8;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final int[] words;

    private Digest(int[] words) {
        this.words = words;
    }

    /// Of the 8 words at `offset`.
    public static Digest of(int[] values, int offset) {
        return new Digest(Arrays.copyOfRange(values, offset, offset + WORDS));
    }

    /// @throws IllegalArgumentException if these are not 32 bytes
    public static Digest of(byte[] bytes) {
        if (bytes.length != 4 * WORDS) throw new IllegalArgumentException("digest is not 32 bytes: " + bytes.length);
        return new Digest(words(bytes));
    }

    /// Little-endian words; the number of bytes is a multiple of 4.
    static int[] words(byte[] bytes) {
        var words = new int[bytes.length / 4];
        for (var i = 0; i < words.length; i++) words[i] = (int) WORD.get(bytes, 4 * i);
        return words;
    }

    public int word(int i) {
        return words[i];
    }

    public void copyTo(int[] values, int offset) {
        System.arraycopy(words, 0, values, offset, WORDS);
    }

    public byte[] bytes() {
        var bytes = new byte[4 * WORDS];
        for (var i = 0; i < WORDS; i++) WORD.set(bytes, 4 * i, words[i]);
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return words[0];
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
