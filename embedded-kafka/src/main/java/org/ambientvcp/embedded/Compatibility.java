package org.ambientvcp.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/// What a new schema of a subject must be able to do. Pure.
///
/// BACKWARD: it reads what the last version wrote. FORWARD: the last version reads what it writes. FULL: both.
/// TRANSITIVE: so for every version, not only the last. NONE: anything goes.
enum Compatibility {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    Compatibility(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    /// The level of that name in any case, as Confluent takes it.
    static Optional<Compatibility> named(String name) {
        for (var level : values()) {
            if (level.name().equals(name.toUpperCase(Locale.ROOT))) return Optional.of(level);
        }
        return Optional.empty();
    }

    /// Why the schema may not follow these versions; nothing if it may.
    ///
    /// @param earlier versions in order, oldest first
    List<String> objections(Schema proposed, List<SchemaVersion> earlier) {
        if (this == NONE || earlier.isEmpty()) return List.of();
        var objections = new ArrayList<String>();
        for (var version : transitive ? earlier : List.of(earlier.getLast())) {
            if (!version.isPlainAvro()) {
                objections.add("version " + version.version() + " is not an Avro schema without references");
                continue;
            }
            var old = SchemaVersion.parse(version.schema());
            if (backward) collect(objections, version.version(), "old data cannot be read", proposed, old);
            if (forward) collect(objections, version.version(), "old readers cannot read new data", old, proposed);
        }
        return objections;
    }

    private static void collect(List<String> objections, int version, String effect, Schema reader, Schema writer) {
        var check = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (check.getType() == SchemaCompatibilityType.COMPATIBLE) return;
        for (var reason : check.getResult().getIncompatibilities()) {
            objections.add("version " + version + ", " + effect + ": " + reason.getType() + " at "
                    + reason.getLocation() + ": " + reason.getMessage());
        }
    }
}
