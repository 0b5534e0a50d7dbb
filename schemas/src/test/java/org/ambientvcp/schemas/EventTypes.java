package org.ambientvcp.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ambientvcp.events.Task;
import org.apache.avro.specific.SpecificRecord;

/// Every record type of the contracts, as the IDL compiler made them.
final class EventTypes {
    private EventTypes() {}

    /// All of them, by name.
    static List<Class<? extends SpecificRecord>> all() {
        try {
            var classes = Path.of(Task.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (var files = Files.list(classes.resolve("org/ambientvcp/events"))) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".class") && name.indexOf('$') < 0)
                        .sorted()
                        .<Class<?>>map(name -> load("org.ambientvcp.events." + name.replace(".class", "")))
                        .filter(SpecificRecord.class::isAssignableFrom)
                        .<Class<? extends SpecificRecord>>map(type -> type.asSubclass(SpecificRecord.class))
                        .toList();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
