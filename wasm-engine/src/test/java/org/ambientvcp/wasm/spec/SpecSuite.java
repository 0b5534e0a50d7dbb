package org.ambientvcp.wasm.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;

/// The test files, checked in as one archive.
final class SpecSuite {
    private SpecSuite() {}

    /// Commands by file, in the order of names.
    static Map<String, List<SpecCommand>> read() throws IOException {
        var files = new TreeMap<String, List<SpecCommand>>();
        try (var stream = Objects.requireNonNull(SpecSuite.class.getResourceAsStream("suite.zip"), "suite.zip");
                var zip = new ZipInputStream(stream, UTF_8)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var text = new String(zip.readAllBytes(), UTF_8);
                files.put(
                        entry.getName().replace(".txt", ""),
                        text.lines().map(SpecCommand::parse).toList());
            }
        }
        return files;
    }
}
