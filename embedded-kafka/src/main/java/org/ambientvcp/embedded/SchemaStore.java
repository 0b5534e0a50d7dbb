package org.ambientvcp.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the records of the `_schemas` topic say, in order: a state machine without clock, disk or network.
///
/// Thread-safe: one thread applies, many ask.
final class SchemaStore {

    private static final Compatibility DEFAULT = Compatibility.BACKWARD;
    private static final String WRITABLE = "READWRITE";

    /// Stands for the whole registry among the subjects that have a setting; no subject is named so.
    private static final String GLOBAL = "";

    private final SortedMap<String, TreeMap<Integer, SchemaVersion>> subjects = new TreeMap<>();
    private final Map<String, Compatibility> levels = new HashMap<>();
    private final Map<String, String> modes = new HashMap<>();
    private int lastId;

    /// Applies one record. Records of kinds this registry does not know change nothing.
    ///
    /// @throws IllegalArgumentException if the record is malformed; then it has changed nothing
    synchronized void apply(JsonNode key, @Nullable JsonNode value) {
        switch (key.path("keytype").asText()) {
            case "SCHEMA" -> applySchema(key, value);
            case "DELETE_SUBJECT" -> applyDeleteSubject(value);
            case "CLEAR_SUBJECT" -> subjects.remove(key.path("subject").asText());
            case "CONFIG" -> applyConfig(key, value);
            case "MODE" -> applyMode(key, value);
            case "NOOP" -> {}
            default -> {} // for example the contexts of a Confluent registry
        }
    }

    private void applySchema(JsonNode key, @Nullable JsonNode value) {
        if (value != null) {
            var version = SchemaVersion.read(value);
            subjects.computeIfAbsent(version.subject(), subject -> new TreeMap<>())
                    .put(version.version(), version);
            lastId = Math.max(lastId, version.id());
            return;
        }
        var subject = key.path("subject").asText();
        var versions = subjects.get(subject);
        if (versions == null) return;
        versions.remove(key.path("version").asInt());
        if (versions.isEmpty()) subjects.remove(subject);
    }

    private void applyDeleteSubject(@Nullable JsonNode value) {
        if (value == null) return;
        var versions = subjects.get(value.path("subject").asText());
        if (versions == null) return;
        versions.headMap(value.path("version").asInt(), true).replaceAll((_, version) -> version.softDeleted());
    }

    private void applyConfig(JsonNode key, @Nullable JsonNode value) {
        var subject = key.path("subject").asText(GLOBAL);
        var name = value == null ? "" : value.path("compatibilityLevel").asText("");
        if (name.isEmpty()) {
            levels.remove(subject);
            return;
        }
        levels.put(
                subject,
                Compatibility.named(name)
                        .orElseThrow(() -> new IllegalArgumentException("unknown compatibility level " + name)));
    }

    private void applyMode(JsonNode key, @Nullable JsonNode value) {
        var subject = key.path("subject").asText(GLOBAL);
        if (value == null) modes.remove(subject);
        else modes.put(subject, value.path("mode").asText(WRITABLE));
    }

    /// The subjects that have a version this filter takes, sorted.
    synchronized List<String> subjects(Predicate<SchemaVersion> filter) {
        return subjects.entrySet().stream()
                .filter(subject -> subject.getValue().values().stream().anyMatch(filter))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The versions of a subject, oldest first, softly deleted ones included. None if there is no such subject.
    synchronized List<SchemaVersion> versions(String subject) {
        var versions = subjects.get(subject);
        return versions == null ? List.of() : List.copyOf(versions.values());
    }

    /// The versions of a subject that are not deleted, oldest first.
    List<SchemaVersion> live(String subject) {
        return versions(subject).stream().filter(version -> !version.deleted()).toList();
    }

    /// All versions with that schema id, softly deleted ones included, by subject and version.
    List<SchemaVersion> withId(int id) {
        return all(version -> version.id() == id);
    }

    /// The id under which some subject has this schema.
    Optional<Integer> idOf(String schema) {
        return all(version -> version.isPlainAvro() && version.schema().equals(schema)).stream()
                .map(SchemaVersion::id)
                .min(Comparator.naturalOrder());
    }

    synchronized List<SchemaVersion> all(Predicate<SchemaVersion> filter) {
        var found = new ArrayList<SchemaVersion>();
        for (var versions : subjects.values()) {
            versions.values().stream().filter(filter).forEach(found::add);
        }
        return found;
    }

    /// The id a schema gets that no subject has.
    synchronized int nextId() {
        return Math.addExact(lastId, 1);
    }

    /// The level set for a subject itself.
    synchronized Optional<Compatibility> ownLevel(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    synchronized Compatibility globalLevel() {
        return levels.getOrDefault(GLOBAL, DEFAULT);
    }

    /// The level that holds for a subject.
    synchronized Compatibility level(String subject) {
        return levels.getOrDefault(subject, globalLevel());
    }

    /// The mode set for a subject itself; only a Confluent registry sets one.
    synchronized Optional<String> ownMode(String subject) {
        return Optional.ofNullable(modes.get(subject));
    }

    synchronized String globalMode() {
        return modes.getOrDefault(GLOBAL, WRITABLE);
    }

    /// @throws RegistryError 42205 if a Confluent registry has closed the subject for writing
    synchronized void requireWritable(String subject) {
        var mode = modes.getOrDefault(subject, globalMode());
        if (!mode.equals(WRITABLE)) throw RegistryError.notPermitted("Subject " + subject + " is in " + mode + " mode");
    }
}
