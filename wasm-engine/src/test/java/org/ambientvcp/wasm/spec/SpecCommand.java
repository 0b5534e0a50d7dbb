package org.ambientvcp.wasm.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// One command of a test file, in the text form that `src/test/spec/convert.mjs` describes.
///
/// @param line of the original file
/// @param kind such as `module` or `assert_return`
/// @param words what follows
record SpecCommand(int line, String kind, List<String> words) {
    static SpecCommand parse(String text) {
        var words = text.split(" ", -1);
        return new SpecCommand(
                Integer.parseInt(words[0]), words[1], List.of(Arrays.copyOfRange(words, 2, words.length)));
    }

    byte[] bytes(int word) {
        var hex = words.get(word);
        return hex.equals("-") ? new byte[0] : HexFormat.of().parseHex(hex);
    }

    int number(int word) {
        return Integer.parseInt(words.get(word));
    }

    /// A name or a text.
    String text(int word) {
        var encoded = words.get(word);
        return encoded.equals("-") ? "" : URLDecoder.decode(encoded.replace("+", "%2B"), UTF_8);
    }

    List<SpecValue> values(int word) {
        var all = words.get(word);
        return all.equals("-")
                ? List.of()
                : Arrays.stream(all.split(",")).map(SpecValue::parse).toList();
    }
}
