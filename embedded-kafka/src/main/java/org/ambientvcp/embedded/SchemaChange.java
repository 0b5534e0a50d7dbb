package org.ambientvcp.embedded;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a request to change the registry appends to its log, and what it is answered once that is done. Pure: decided
/// from the store alone, by one writer at a time.
///
/// @param records in order; none if there is nothing to change
record SchemaChange<T>(List<LogRecord> records, T answer) {

    SchemaChange {
        records = List.copyOf(records);
    }

    /// Registers a schema; the answer is its id. A schema the subject has already is not registered again.
    ///
    /// @throws RegistryError 409 if it is incompatible, 422 if it is no schema or the subject takes none
    static SchemaChange<Integer> register(SchemaStore store, String subject, String text) {
        var schema = SchemaVersion.parse(text);
        var canonical = schema.toString();
        var live = store.live(subject);
        for (var version : live) {
            if (version.isPlainAvro() && version.schema().equals(canonical)) {
                return new SchemaChange<>(List.of(), version.id());
            }
        }
        requireValid(subject);
        store.requireWritable(subject);
        var objections = store.level(subject).objections(schema, live);
        if (!objections.isEmpty()) throw RegistryError.incompatible(subject, objections);
        var versions = store.versions(subject);
        var version = versions.isEmpty() ? 1 : Math.addExact(versions.getLast().version(), 1);
        int id = store.idOf(canonical).orElseGet(store::nextId);
        return new SchemaChange<>(List.of(LogRecord.schema(subject, version, id, canonical)), id);
    }

    /// Deletes one version, softly or, once it is softly deleted, permanently.
    ///
    /// @throws RegistryError 404 if there is no such version, or in another state
    static SchemaChange<Integer> deleteVersion(SchemaStore store, String subject, int number, boolean permanent) {
        var version = store.versions(subject).stream()
                .filter(v -> v.version() == number)
                .findFirst()
                .orElseThrow(() -> RegistryError.versionNotFound(number));
        store.requireWritable(subject);
        if (permanent && !version.deleted()) throw RegistryError.versionNotSoftDeleted(subject, number);
        if (!permanent && version.deleted()) throw RegistryError.versionSoftDeleted(subject, number);
        return new SchemaChange<>(
                List.of(permanent ? LogRecord.tombstone(version) : LogRecord.softDeleted(version)), number);
    }

    /// Deletes all versions of a subject, softly or, once they are softly deleted, permanently; its compatibility
    /// setting
    /// goes with it. The answer is the versions deleted.
    ///
    /// @throws RegistryError 404 if there is no such subject, or in another state
    static SchemaChange<List<Integer>> deleteSubject(SchemaStore store, String subject, boolean permanent) {
        var versions = store.versions(subject);
        var live = store.live(subject);
        if (versions.isEmpty()) throw RegistryError.subjectNotFound(subject);
        store.requireWritable(subject);
        if (permanent && !live.isEmpty()) throw RegistryError.subjectNotSoftDeleted(subject);
        if (!permanent && live.isEmpty()) throw RegistryError.subjectSoftDeleted(subject);
        var records = new ArrayList<LogRecord>();
        if (permanent) versions.forEach(version -> records.add(LogRecord.tombstone(version)));
        else records.add(LogRecord.deleteSubject(subject, live.getLast().version()));
        if (store.ownLevel(subject).isPresent()) records.add(LogRecord.config(subject, null));
        var deleted = permanent ? versions : live;
        return new SchemaChange<>(
                records, deleted.stream().map(SchemaVersion::version).toList());
    }

    /// Sets a level.
    ///
    /// @param subject null for the whole registry
    /// @throws RegistryError 42203 if there is no such level
    static SchemaChange<Compatibility> setLevel(@Nullable String subject, String name) {
        if (subject != null) requireValid(subject);
        var level = Compatibility.named(name).orElseThrow(RegistryError::invalidCompatibility);
        return new SchemaChange<>(List.of(LogRecord.config(subject, level)), level);
    }

    /// Removes a level; the answer is the one removed.
    ///
    /// @param subject null for the whole registry
    /// @throws RegistryError 40408 if the subject has none
    static SchemaChange<Compatibility> removeLevel(SchemaStore store, @Nullable String subject) {
        var level = subject == null
                ? store.globalLevel()
                : store.ownLevel(subject).orElseThrow(() -> RegistryError.noCompatibility(subject));
        return new SchemaChange<>(List.of(LogRecord.config(subject, null)), level);
    }

    private static void requireValid(String subject) {
        if (subject.isBlank()
                || subject.length() > 1000
                || subject.chars().anyMatch(Character::isISOControl)
                || subject.equals("__GLOBAL")
                || subject.equals("__EMPTY")) throw RegistryError.invalidSubject(subject);
    }
}
