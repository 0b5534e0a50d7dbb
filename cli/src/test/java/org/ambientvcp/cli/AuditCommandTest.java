package org.ambientvcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.ambientvcp.audit.synthetic.SyntheticLogs;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions to exported logs, without brokers.
class AuditCommandTest {
    @TempDir
    private static Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void makeLogs() throws IOException {
        SyntheticLogs.write(directory, new SyntheticLogs.Options(2, 2, 6, 40, 50, 2, 11));
    }

    @Test
    void aLogIsReplayedUnderAnotherStrategy() {
        assertThat(execute("audit", "replay", "--logs", directory.toString(), "--what-if", "strategy=latency-aware"))
                .isZero();

        assertThat(out.toString())
                .contains("LOG", "MODEL", "LATENCY-AWARE", "DIFFERENCE")
                .containsPattern("tasks offered +40 +40 +40 +0")
                .contains(
                        "offer to accepted, median", "busiest to mean", "paid to nodes", "energy of the runs", "CO2e");
    }

    @Test
    void theSameAsJson() {
        assertThat(execute(
                        "audit",
                        "replay",
                        "--logs",
                        directory.toString(),
                        "--what-if",
                        "strategy=weighted",
                        "--output",
                        "json"))
                .isZero();

        assertThat(out.toString()).contains("\"strategy\"", "\"WEIGHTED\"", "\"lifeP99Millis\"", "\"other\"");
    }

    @Test
    void anotherStrategyThanThereIsIsAUsageError() {
        assertThat(execute("audit", "replay", "--logs", directory.toString(), "--what-if", "strategy=best"))
                .isEqualTo(ExitCode.USAGE);

        assertThat(err.toString())
                .contains("weighted, round-robin, least-loaded, latency-aware", "strategy=best")
                .doesNotContain("\tat ");
    }

    @Test
    void whyATaskWentWhereItWent() {
        assertThat(execute("why", "task-7", "--logs", directory.toString(), "--nodes"))
                .isZero();

        assertThat(out.toString())
                .contains(
                        "task task-7: ACCEPTED, 1 attempt",
                        "ResultReceived from node-",
                        "attempt 1, replica 0 -> node-",
                        "nodes considered",
                        "1 candidate",
                        "ACCEPTED")
                .containsPattern("node-\\d +n[0-9a-f]{32} +score 0\\.\\d{3} +busy \\d/4 +candidate");
    }

    @Test
    void aTaskThatNobodyKnowsHasNoReason() {
        assertThat(execute("why", "task-x", "--logs", directory.toString())).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString()).contains("No log knows a task task-x");
    }

    private int execute(String... arguments) {
        return Vcp.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
