package org.ambientvcp.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/// One version of a subject, as the log holds it.
///
/// @param version within the subject, ≥ 1
/// @param id of the schema in the whole registry, ≥ 1; equal schemas of several subjects share it
/// @param schema the schema's text; of Avro, in the form Avro itself prints
/// @param deleted whether it is softly deleted: still found by id, no longer part of its subject
/// @param logged the whole record, so that fields which only a Confluent registry knows survive a rewrite
record SchemaVersion(String subject, int version, int id, String schema, boolean deleted, ObjectNode logged) {

    /// Reads a `SCHEMA` record's value.
    ///
    /// @throws IllegalArgumentException if a field is missing or of another type
    static SchemaVersion read(JsonNode value) {
        if (!(value instanceof ObjectNode logged)
                || !value.path("subject").isTextual()
                || !value.path("version").canConvertToInt()
                || !value.path("id").canConvertToInt()
                || !value.path("schema").isTextual())
            throw new IllegalArgumentException("a SCHEMA record needs subject, version, id and schema");
        return new SchemaVersion(
                value.get("subject").asText(),
                value.get("version").asInt(),
                value.get("id").asInt(),
                value.get("schema").asText(),
                value.path("deleted").asBoolean(),
                logged);
    }

    SchemaVersion softDeleted() {
        return new SchemaVersion(
                subject, version, id, schema, true, logged.deepCopy().put("deleted", true));
    }

    /// Whether this registry can compare it: a topic written by a Confluent registry may hold other kinds.
    boolean isPlainAvro() {
        return type().equals("AVRO") && logged.path("references").isEmpty();
    }

    /// `AVRO`, `JSON` or `PROTOBUF`.
    String type() {
        return logged.path("schemaType").asText("AVRO");
    }

    /// Parses the text of an Avro schema.
    ///
    /// @throws RegistryError 42201 if it is not one
    static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (RuntimeException | StackOverflowError e) { // the text is hostile, and the parser not built for that
            throw RegistryError.invalidSchema(String.valueOf(e.getMessage()));
        }
    }
}
