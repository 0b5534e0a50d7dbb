package org.ambientvcp.stark.proof;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.ambientvcp.stark.hash.Digest;

/// Collects words of an encoding. Whatever has a variable size comes after its size, so that different values have
/// different encodings.
final class WordWriter {
    private int[] content = new int[256];
    private int size;

    WordWriter word(int word) {
        if (size == content.length) content = Arrays.copyOf(content, 2 * size);
        content[size++] = word;
        return this;
    }

    /// Two words, the lower first.
    WordWriter wide(long value) {
        return word((int) value).word((int) (value >>> 32));
    }

    WordWriter flag(boolean flag) {
        return word(flag ? 1 : 0);
    }

    /// The words alone: their number must follow from what was written before.
    WordWriter words(Words words) {
        for (var i = 0; i < words.size(); i++) word(words.get(i));
        return this;
    }

    WordWriter digest(Digest digest) {
        for (var i = 0; i < Digest.WORDS; i++) word(digest.word(i));
        return this;
    }

    WordWriter sized(Words words) {
        return word(words.size()).words(words);
    }

    WordWriter sized(int[] words) {
        word(words.length);
        for (var word : words) word(word);
        return this;
    }

    WordWriter text(String text) {
        return words(Words.ofText(text));
    }

    /// The number of elements, then each.
    <T> WordWriter list(List<T> elements, Consumer<T> write) {
        word(elements.size());
        elements.forEach(write);
        return this;
    }

    Words toWords() {
        return Words.of(Arrays.copyOf(content, size));
    }
}
