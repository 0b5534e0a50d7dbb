package org.ambientvcp.wasm.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.ambientvcp.wasm.ExecutionMode;
import org.junit.jupiter.api.Test;

/// WebAssembly's official tests, in both modes. `expected.txt` has the numbers, so that none can get lost, and the
/// exceptions, of which `docs/wasm-engine.md` gives the reasons.
class OfficialSpecTest {
    private static final List<ExecutionMode> MODES = List.of(ExecutionMode.INTERPRETED, ExecutionMode.COMPILED);

    @Test
    void theOfficialTestsPassInBothModes() throws Exception {
        var suite = SpecSuite.read();
        var exceptions = exceptions();

        var tally = Engines.onDeepStack(() -> {
            var counted = new SpecTally(exceptions);
            suite.forEach((file, commands) -> MODES.forEach(mode -> new SpecRun(file, mode, counted).run(commands)));
            return counted;
        });

        System.out.print(tally.report());
        assertThat(tally.report()).isEqualTo(text("expected.txt"));
    }

    private static Map<String, String> exceptions() throws IOException {
        return text("exceptions.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }

    private static String text(String name) throws IOException {
        try (var stream = OfficialSpecTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), UTF_8);
        }
    }
}
