package org.ambientvcp.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A request as the routes see it.
///
/// @param path its decoded segments; a subject may contain an encoded slash
/// @param query its parameters; of a repeated one the last
/// @param body may be empty
record RegistryRequest(String method, List<String> path, Map<String, String> query, String body) {

    private static final ObjectReader JSON =
            new ObjectMapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /// @throws RegistryError 400 if the address or the body is not properly encoded
    static RegistryRequest of(String method, URI address, byte[] body) {
        var path = Arrays.stream(address.getRawPath().split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> decoded(segment.replace("+", "%2B"))) // a plus is a blank only in a query
                .toList();
        var query = new HashMap<String, String>();
        if (address.getRawQuery() != null) {
            for (var parameter : address.getRawQuery().split("&", -1)) {
                var equals = parameter.indexOf('=');
                if (equals < 0) query.put(decoded(parameter), "");
                else query.put(decoded(parameter.substring(0, equals)), decoded(parameter.substring(equals + 1)));
            }
        }
        return new RegistryRequest(method, path, query, text(body));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw RegistryError.badRequest("The address is not properly encoded: " + e.getMessage());
        }
    }

    /// Strict, so that no schema is stored with replacement characters.
    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw RegistryError.badRequest("The body is not UTF-8");
        }
    }

    /// A flag of the query, false if it is not there.
    boolean flag(String name) {
        return Boolean.parseBoolean(query.get(name));
    }

    /// The body as a JSON object.
    ///
    /// @throws RegistryError 400 if it is something else
    JsonNode json() {
        try {
            var json = JSON.readTree(body);
            if (!json.isObject()) throw RegistryError.badRequest("The body is not a JSON object");
            return json;
        } catch (JsonProcessingException e) {
            throw RegistryError.badRequest("The body is not JSON: " + e.getOriginalMessage());
        }
    }

    /// The Avro schema's text in a body.
    ///
    /// @throws RegistryError 422 if there is none, or one of a kind this registry does not keep
    String schema() {
        var json = json();
        var type = json.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO"))
            throw RegistryError.invalidSchema("schemaType " + type + " is not supported, only AVRO");
        if (!json.path("references").isEmpty()) throw RegistryError.invalidSchema("references are not supported");
        if (!json.path("schema").isTextual()) throw RegistryError.invalidSchema("the field \"schema\" is not a text");
        return json.path("schema").textValue();
    }
}
