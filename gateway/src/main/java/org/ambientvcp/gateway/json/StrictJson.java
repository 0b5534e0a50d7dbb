package org.ambientvcp.gateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// JSON (RFC 8259) from strangers: valid UTF-8, one object, no field twice, nothing after it, at most
/// [#MAX_DEPTH] levels. Thread-safe.
public final class StrictJson {
    /// The deepest document that has a meaning here has 4 levels.
    public static final int MAX_DEPTH = 32;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(64)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /// Reads one object.
    ///
    /// @throws InvalidJsonException if the bytes are anything else; says what and where
    public static ObjectNode object(byte[] bytes) {
        if (parse(utf8(bytes)) instanceof ObjectNode object) return object;
        throw new InvalidJsonException("", "expected a JSON object");
    }

    /// Compact JSON in UTF-8.
    public static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    public static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new InvalidJsonException("", "the body is not valid UTF-8");
        }
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException broken) {
            var place = broken.getLocation();
            throw new InvalidJsonException(
                    "",
                    printable(broken.getOriginalMessage())
                            + (place == null
                                    ? ""
                                    : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")"));
        }
    }

    private static String printable(String message) {
        var line = message.lines().findFirst().orElse("not JSON").replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }
}
