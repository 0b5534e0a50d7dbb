package org.ambientvcp.wasm.compiler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The room of a run is used up before the JVM's stack is, in the JVM's interpreter too, whose frames are the largest.
class DeepRecursionTest {
    private static final String EXHAUSTED = "call stack exhausted\ncall stack exhausted\n";

    @Test
    void recursionEndsInTheJvmsInterpreter() throws IOException {
        assertThat(run("-Xint")).isEqualTo(EXHAUSTED);
    }

    @Test
    void recursionEndsInCodeOfTheFirstCompiler() throws IOException {
        assertThat(run("-XX:TieredStopAtLevel=1")).isEqualTo(EXHAUSTED);
    }

    @Test
    void recursionEndsInCodeOfTheSecondCompiler() throws IOException {
        assertThat(run("-XX:-TieredCompilation")).isEqualTo(EXHAUSTED);
    }

    private static String run(String option) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", option, "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(EndlessRecursion.class.getName());
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), UTF_8);
        }
    }
}
