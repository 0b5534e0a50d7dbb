package org.ambientvcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void whatIsProvenIsVerified() {
        var file = folder.resolve("a.proof");

        assertThat(execute("prove-demo", "ram", "--rows", "4000", "--context", "task 7", "--out", file.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("Proved ram, 2^12 rows, in ");
        assertThat(err.toString())
                .contains("main", "auxiliary", "quotient", "openings", "batching", "folding", "queries");
        assertThat(execute("verify-proof", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("The proof holds: 100 provable bits (STANDARD)", "context   task 7");
    }

    @Test
    void whatIsChangedAfterwardsIsNot() throws IOException {
        var file = folder.resolve("a.proof");
        assertThat(execute("prove-demo", "fibonacci", "--rows", "4096", "--out", file.toString()))
                .isEqualTo(ExitCode.OK);
        var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);

        Files.writeString(file, text.replace("public 1 1", "public 1 2"), StandardCharsets.ISO_8859_1);

        assertThat(execute("verify-proof", file.toString(), "-o", "json")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("\"holds\" : false", "\"reason\" : \"");
        Files.writeString(file, "nothing");
        assertThat(execute("verify-proof", file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("is no proof of prove-demo");
        // The profile of the file cannot prove the rows of the file.
        Files.writeString(
                file,
                text.replace("machine fibonacci", "machine sha256").replace("profile STANDARD", "profile FAST"),
                StandardCharsets.ISO_8859_1);
        assertThat(execute("verify-proof", file.toString())).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThat(execute("prove-demo", "chess")).isEqualTo(ExitCode.USAGE);
        assertThat(execute("prove-demo", "ram", "--rows", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(execute("prove-demo", "ram", "--rows", "9999999")).isEqualTo(ExitCode.USAGE);
        assertThat(execute("prove-demo", "ram", "--profile", "weak")).isEqualTo(ExitCode.USAGE);
        assertThat(execute("prove-demo", "ram", "--threads", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains(
                        "NAME is not one of fibonacci, adder, ram, sha256: chess",
                        "--rows is not 1–1048576: 0",
                        "--profile is unknown: weak");
    }

    private int execute(String... arguments) {
        return Vcp.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
