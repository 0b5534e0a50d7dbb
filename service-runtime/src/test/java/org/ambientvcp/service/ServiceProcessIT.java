package org.ambientvcp.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process as it is run, with the log configuration of the product.
class ServiceProcessIT {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z ";

    @TempDir
    Path directory;

    @Test
    void aMissingSettingIsNamedInOneLine() throws Exception {
        var ended = run(Map.of());

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).matches(TIME + "ERROR ServiceProcess VCP_BOOTSTRAP_SERVERS is not set\n");
    }

    @Test
    void aWrongSettingIsNamedInOneLine() throws Exception {
        var ended = run(Map.of(
                "VCP_BOOTSTRAP_SERVERS", "localhost:1",
                "VCP_SCHEMA_REGISTRY_URL", "http://localhost:1",
                "VCP_HTTP_PORT", "http"));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).matches(TIME + "ERROR ServiceProcess VCP_HTTP_PORT is not 0–65535: http\n");
    }

    @Test
    void aSettingThatKafkaRefusesIsASettingToo() throws Exception {
        var ended = run(Map.of(
                "VCP_BOOTSTRAP_SERVERS", "localhost:1",
                "VCP_SCHEMA_REGISTRY_URL", "http://localhost:1",
                "VCP_KAFKA_SECURITY_PROTOCOL", "telepathy"));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).contains("VCP_KAFKA_").contains("telepathy").doesNotContain("\tat ");
    }

    @Test
    void aSignalWhileItWaitsForBrokersEndsItInOrder() throws Exception {
        var process =
                start(Map.of("VCP_BOOTSTRAP_SERVERS", "localhost:1", "VCP_SCHEMA_REGISTRY_URL", "http://localhost:1"));
        var output = process.inputReader(UTF_8);
        awaitLine(output, "waiting for topics");

        process.toHandle().destroy(); // a signal; Process.destroy would close the output as well

        assertThat(process.waitFor()).isZero();
        assertThat(output.lines().collect(Collectors.joining("\n"))).contains("ended before it was started");
    }

    @Test
    void runsUntilASignalComes() throws Exception {
        try (var kafka = new KafkaStack(directory)) {
            var process = start(environment(kafka, "fine", Map.of("VCP_CELLZ", "7", "VCP_LOG_LEVEL", "info")));
            var output = process.inputReader(UTF_8);
            var start = awaitLine(output, "started");

            process.toHandle().destroy(); // a signal; Process.destroy would close the output as well

            assertThat(process.waitFor()).isZero();
            var end = output.lines().collect(Collectors.joining("\n"));
            assertThat(start)
                    .contains("unknown setting, ignored {name=VCP_CELLZ}")
                    .doesNotContain("VCP_LOG_LEVEL");
            assertThat(start).contains("service=forked").contains("monitoring=http://localhost:");
            assertThat(end).containsOnlyOnce("handed back {tasks=3}");
        }
    }

    @Test
    void whatFailsEndsWithCodeOne() throws Exception {
        try (var kafka = new KafkaStack(directory)) {
            var failed = run(environment(kafka, "fail", Map.of()));
            var crashed = run(environment(kafka, "crash", Map.of()));
            var misconfigured = run(environment(kafka, "config", Map.of()));

            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.output())
                    .contains("the service has failed and ends")
                    .containsOnlyOnce("handed back");
            assertThat(crashed.code()).isEqualTo(1);
            assertThat(crashed.output())
                    .contains("IllegalStateException: a bug")
                    .contains("\tat ");
            assertThat(misconfigured.code()).isEqualTo(2);
            assertThat(misconfigured.output())
                    .contains("VCP_CELLS is not 1–4096: 0")
                    .doesNotContain("\tat ");
        }
    }

    private record Ended(int code, String output) {}

    private static Map<String, String> environment(KafkaStack kafka, String mode, Map<String, String> more) {
        var environment = new HashMap<>(more);
        environment.put("VCP_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.put("VCP_SCHEMA_REGISTRY_URL", kafka.registryUrl);
        environment.put("VCP_HTTP_PORT", "0");
        environment.put("TEST_MODE", mode);
        return environment;
    }

    private static Ended run(Map<String, String> environment) throws IOException, InterruptedException {
        var process = start(environment);
        var output = process.inputReader(UTF_8).lines().collect(Collectors.joining("\n", "", "\n"));
        return new Ended(process.waitFor(), output);
    }

    private static Process start(Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dstdout.encoding=UTF-8",
                        "-Dlog4j2.configurationFile=log4j2.xml",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForkedService.class.getName())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("VCP_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// Everything up to the line that has this text.
    private static String awaitLine(BufferedReader output, String text) throws IOException {
        var lines = new StringBuilder();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            lines.append(line).append('\n');
            if (line.contains(text)) return lines.toString();
        }
        throw new AssertionError("ended without \"" + text + "\": " + lines);
    }
}
