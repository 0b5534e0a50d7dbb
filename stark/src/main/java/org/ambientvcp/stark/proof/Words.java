package org.ambientvcp.stark.proof;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.ambientvcp.stark.field.BabyBear;

/// An immutable sequence of 32-bit words with equality by content. Field elements are canonical in it: below p. Bytes
/// are
/// little-endian.
public final class Words {
    /// No words.
    public static final Words EMPTY = new Words(new int[0]);

    private static final int SHOWN = 8;

    private final int[] content;

    private Words(int[] content) {
        this.content = content;
    }

    /// A copy of the given words.
    public static Words of(int... words) {
        return words.length == 0 ? EMPTY : new Words(words.clone());
    }

    /// The number of the bytes, then the bytes, filled up to whole words with zeros: texts that differ give words that
    /// differ.
    public static Words ofBytes(byte[] bytes) {
        var words = new int[1 + (bytes.length + 3) / Integer.BYTES];
        words[0] = bytes.length;
        for (var i = 0; i < bytes.length; i++)
            words[1 + i / Integer.BYTES] |= (bytes[i] & 0xff) << (8 * (i % Integer.BYTES));
        return new Words(words);
    }

    /// The text in UTF-8, see [#ofBytes(byte[])].
    public static Words ofText(String text) {
        return ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return content.length;
    }

    public int get(int index) {
        return content[index];
    }

    /// A fresh copy.
    public int[] toArray() {
        return content.clone();
    }

    /// Four bytes a word.
    public byte[] toBytes() {
        var bytes = new byte[content.length * Integer.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(content);
        return bytes;
    }

    /// Whether each word is a canonical field element, from 0 to below p.
    public boolean areCanonical() {
        for (var word : content) if (!BabyBear.isCanonical(word)) return false;
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Words words && Arrays.equals(content, words.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /// The bytes in hexadecimal digits if they are few, otherwise the number of words.
    @Override
    public String toString() {
        return content.length <= SHOWN ? HexFormat.of().formatHex(toBytes()) : content.length + " words";
    }
}
