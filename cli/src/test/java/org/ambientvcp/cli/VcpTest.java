package org.ambientvcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VcpTest {
    private static final String PRIMES = "../examples/primes/primes.wasm";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void everyCommandExplainsItself() {
        for (var path : commands(Vcp.commandLine(), List.of())) {
            var arguments = new ArrayList<>(path);
            arguments.add("--help");

            assertThat(execute(arguments.toArray(String[]::new))).as("%s", path).isZero();
        }
        assertThat(out.toString()).contains("Usage: vcp run", "Usage: vcp node start", "Usage: vcp topics create");
    }

    @Test
    void theIssuesCommandsAreThere() {
        assertThat(Vcp.commandLine().getSubcommands())
                .containsKeys(
                        "dev",
                        "demo",
                        "run",
                        "submit",
                        "status",
                        "tasks",
                        "nodes",
                        "module",
                        "node",
                        "ledger",
                        "topics",
                        "verify",
                        "trace",
                        "why",
                        "audit",
                        "generate-completion");
    }

    @Test
    void aProgramIsTracedWithoutAGateway() {
        assertThat(execute("trace", PRIMES, "--function", "count_primes", "--arg", "i32:10", "--last", "1"))
                .isZero();
        assertThat(out.toString()).contains("count_primes  0x", "local.get", "COMPLETED after ");
        assertThat(execute("trace", PRIMES, "--function", "count_primes", "--arg", "i32:100000", "--gas", "1000"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("OUT_OF_GAS: the gas limit of 1000 is used up");
        assertThat(execute("trace", "pom.xml", "--function", "f")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("Cannot trace: not a WASM module: it begins with 3c 3f 78 6d")
                .doesNotContain("\tat ");
    }

    @Test
    void aMisspeltOptionIsAUsageErrorThatNamesIt() {
        assertThat(execute("run", "x.wasm", "--functoin", "f")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--functoin", "vcp run --help").doesNotContain("\tat ");
    }

    @Test
    void withoutAGatewayItSaysHowToGetOne() {
        assertThat(execute("status", "t1", "--data-dir", folder.toString())).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("vcp dev", "--url", "VCP_URL").doesNotContain("\tat ");
    }

    @Test
    void aGatewayThatIsNotThereIsNamed() {
        assertThat(execute("nodes", "--url", "http://127.0.0.1:1")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("http://127.0.0.1:1").doesNotContain("\tat ");
    }

    @Test
    void topicsAreATableOrJson() throws Exception {
        assertThat(execute("topics")).isZero();
        assertThat(out.toString()).contains("vcp.cell-commands.v1", "Signed<TaskResult>");

        out.getBuffer().setLength(0);
        assertThat(execute("topics", "--output", "json")).isZero();
        assertThat(GatewayClient.JSON.readTree(out.toString())).hasSizeGreaterThan(15);
    }

    @Test
    void aKeyIsMadeOnceForAnId() {
        var file = folder.resolve("keys").toString();

        assertThat(execute("key", "create", file, "--id", "ci", "--tenant", "acme", "--role", "node"))
                .isZero();
        assertThat(out.toString().strip()).startsWith("ci.");
        assertThat(execute("key", "create", file, "--id", "ci", "--tenant", "acme"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theIdOfAKeyIsTheSameWheneverItIsAsked() {
        var file = folder.resolve("node.key").toString();

        assertThat(execute("node", "id", file)).isZero();
        var id = out.toString().strip();
        out.getBuffer().setLength(0);

        assertThat(id).matches("n[0-9a-f]{32}");
        assertThat(execute("node", "id", file)).isZero();
        assertThat(out.toString().strip()).isEqualTo(id);
        assertThat(execute("node", "id", folder.toString())).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void anUnknownServiceIsRefusedWithTheNamesThereAre() {
        assertThat(execute("start", "scheduler")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("scheduler-stream");
    }

    private int execute(String... arguments) {
        return Vcp.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static List<List<String>> commands(CommandLine command, List<String> path) {
        var all = new ArrayList<List<String>>();
        command.getSubcommands().forEach((name, child) -> {
            if (name.equals("help")) return;
            var childPath = new ArrayList<>(path);
            childPath.add(name);
            all.add(childPath);
            all.addAll(commands(child, childPath));
        });
        return all;
    }
}
