package org.ambientvcp.embedded;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// A record of the `_schemas` topic, in the form Confluent's registry writes it. A null value is a tombstone.
record LogRecord(ObjectNode key, @Nullable ObjectNode value) {

    static LogRecord schema(String subject, int version, int id, String schema) {
        return new LogRecord(
                schemaKey(subject, version),
                object().put("subject", subject)
                        .put("version", version)
                        .put("id", id)
                        .put("schema", schema)
                        .put("deleted", false));
    }

    static LogRecord softDeleted(SchemaVersion version) {
        return new LogRecord(
                schemaKey(version.subject(), version.version()),
                version.softDeleted().logged());
    }

    static LogRecord tombstone(SchemaVersion version) {
        return new LogRecord(schemaKey(version.subject(), version.version()), null);
    }

    /// Softly deletes all versions of the subject up to this one.
    static LogRecord deleteSubject(String subject, int version) {
        return new LogRecord(
                key("DELETE_SUBJECT").put("subject", subject).put("magic", 0),
                object().put("subject", subject).put("version", version));
    }

    /// @param subject null for the whole registry
    /// @param level null to remove the setting
    static LogRecord config(@Nullable String subject, @Nullable Compatibility level) {
        return new LogRecord(
                key("CONFIG").put("subject", subject).put("magic", 0),
                level == null ? null : object().put("compatibilityLevel", level.name()));
    }

    /// Changes nothing. Reading it back proves that everything before it has been read.
    static LogRecord noop() {
        return new LogRecord(key("NOOP").put("magic", 0), null);
    }

    private static ObjectNode schemaKey(String subject, int version) {
        return key("SCHEMA").put("subject", subject).put("version", version).put("magic", 1);
    }

    private static ObjectNode key(String type) {
        return object().put("keytype", type);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
