package org.ambientvcp.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.ambientvcp.audit.log.LogExport;
import org.ambientvcp.audit.replay.AuditReport;
import org.ambientvcp.audit.replay.AuditSettings;
import org.ambientvcp.audit.replay.Checkpoint;
import org.ambientvcp.audit.replay.Difference;
import org.ambientvcp.audit.replay.Replay;
import org.ambientvcp.audit.whatif.WhatIf;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.service.Settings;
import org.ambientvcp.telemetry.energy.CarbonIntensity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Proves afterwards that every decision was the one the rules give.
@Command(
        name = "audit",
        description = "Prove that every decision in the logs is the one the rules give.",
        mixinStandardHelpOptions = true,
        subcommands = {AuditCommand.Export.class, AuditCommand.ReplayLogs.class})
final class AuditCommand {

    @Command(
            name = "export",
            description = "Copy the committed records of all topics into a directory, for audits without brokers.",
            mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        @Mixin
        private final LogOptions logs = new LogOptions();

        @Mixin
        private final OutputOptions output = new OutputOptions();

        @Parameters(paramLabel = "DIR", description = "Empty, or not there yet.")
        private Path directory = Path.of("");

        @Override
        public Integer call() throws InterruptedException {
            try {
                var records = LogExport.of(logs.connection(), Topics.all(), directory);
                output.out().println(Units.count(records) + " records in " + directory);
                output.out().flush();
                return ExitCode.OK;
            } catch (IOException | IllegalStateException failed) {
                throw new CommandFailure(ExitCode.UNAVAILABLE, "The logs were not copied: " + failed.getMessage());
            }
        }
    }

    @Command(
            name = "replay",
            description = {
                "Run the rules over the logs again and compare all they give with what the topics hold, byte for byte.",
                "Exit code: 0 proved, 1 refuted, 4 nothing differs but not all could be judged."
            },
            mixinStandardHelpOptions = true)
    static final class ReplayLogs implements Callable<Integer> {
        private static final int UNPROVABLE = 4;
        private static final int MOST_PRINTED = 10;

        @Mixin
        private final LogOptions logs = new LogOptions();

        @Mixin
        private final OutputOptions output = new OutputOptions();

        @Option(
                names = "--checkpoint",
                paramLabel = "FILE",
                description = "Begin with the states in this file, if it is there, and write the new ones if nothing"
                        + " differs.")
        private @Nullable Path checkpoint;

        @Option(
                names = "--threads",
                paramLabel = "N",
                defaultValue = "2",
                description = "Partitions at once. Default: ${DEFAULT-VALUE}")
        private int threads;

        @Option(
                names = "--what-if",
                paramLabel = "strategy=NAME",
                description = "Compare nothing; run the cells' commands again with every task under another strategy"
                        + " (weighted, round-robin, least-loaded, latency-aware) and print what would be different.")
        private @Nullable String whatIf;

        @Override
        public Integer call() throws InterruptedException {
            if (whatIf != null) return suppose(WhatIfView.strategy(whatIf));
            var settings = settings(logs.settings());
            var started = System.nanoTime();
            var end = new AtomicReference<Checkpoint>();
            var report =
                    logs.read(Topics.all(), found -> Replay.of(found, settings, start(), end, Math.max(1, threads)));
            var seconds = (System.nanoTime() - started) / 1e9;
            if (checkpoint != null && report.verdict() != AuditReport.Verdict.REFUTED) save(end.get());
            if (output.isJson()) output.json(AuditJson.of(report, seconds));
            else print(report, seconds, output.out());
            return switch (report.verdict()) {
                case PROVED -> ExitCode.OK;
                case REFUTED -> ExitCode.FAILED;
                case UNPROVABLE -> UNPROVABLE;
            };
        }

        private int suppose(Strategy strategy) throws InterruptedException {
            var carbon = carbon(logs.settings());
            var comparison = logs.read(List.of(Topics.CELL_COMMANDS), found -> WhatIf.of(found, strategy, carbon));
            if (output.isJson()) output.json(WhatIfView.json(comparison));
            else WhatIfView.print(comparison, output.out());
            return ExitCode.OK;
        }

        private static CarbonIntensity carbon(Settings settings) {
            try {
                return CarbonIntensity.DEFAULT.with(settings.list("VCP_CARBON_INTENSITY"));
            } catch (IllegalArgumentException wrong) {
                throw new CommandFailure(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
            }
        }

        private Checkpoint start() throws IOException {
            return checkpoint != null && Files.exists(checkpoint) ? Checkpoint.read(checkpoint) : Checkpoint.empty();
        }

        private void save(Checkpoint states) {
            try {
                if (checkpoint != null) states.write(checkpoint.toAbsolutePath());
            } catch (IOException full) {
                throw new CommandFailure(ExitCode.UNAVAILABLE, "The checkpoint was not written: " + full.getMessage());
            }
        }

        private static AuditSettings settings(Settings settings) {
            try {
                return new AuditSettings(
                        Set.copyOf(trusted(settings)),
                        settings.integer(
                                "VCP_DEFAULT_MAX_TASKS_IN_FLIGHT",
                                AuditSettings.DEFAULT_MAX_TASKS_IN_FLIGHT,
                                0,
                                1_000_000),
                        settings.integer(
                                "VCP_LEDGER_MAX_REMEMBERED", AuditSettings.DEFAULT_MAX_REMEMBERED, 1, 10_000_000),
                        settings.integer("VCP_SCORE_STEP_PPM", AuditSettings.DEFAULT_SCORE_STEP_PPM, 1, 1_000_000),
                        carbon(settings));
            } catch (IllegalArgumentException wrong) {
                throw new CommandFailure(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
            }
        }

        private static Set<String> trusted(Settings settings) {
            var ids = Set.copyOf(settings.list("VCP_TRUSTED_VERIFIERS"));
            if (ids.isEmpty())
                throw new CommandFailure(
                        ExitCode.USAGE, "VCP_TRUSTED_VERIFIERS must say whose verdicts count: node ids, by commas");
            return ids;
        }

        private static void print(AuditReport report, double seconds, PrintWriter out) {
            var table = new Table("TOPIC", "READ", "COMPARED");
            report.read()
                    .forEach((topic, records) -> table.row(
                            topic,
                            Units.count(records),
                            Units.count(report.compared().getOrDefault(topic, 0L))));
            table.print(out);
            if (report.earliestMillis() <= report.latestMillis())
                out.println(Units.count(report.records()) + " records of " + report.cells() + " cells, "
                        + Units.time(report.earliestMillis()) + " to " + Units.time(report.latestMillis()) + ", in "
                        + "%.1f s, %,.0f a second".formatted(seconds, report.records() / seconds));
            report.pending()
                    .forEach((source, inputs) -> out.println(
                            "not answered yet: " + Units.count(inputs) + " records at the end of " + source));
            report.unprovable()
                    .forEach((why, count) -> out.println("cannot be judged: " + why + " (" + Units.count(count) + ")"));
            report.differences().stream().limit(MOST_PRINTED).forEach(difference -> print(difference, out));
            if (report.differenceCount() > MOST_PRINTED)
                out.println("… " + Units.count(report.differenceCount()) + " differences in all");
            out.println("digest of all effects: " + report.digest());
            out.println(report.verdict());
            out.flush();
        }

        private static void print(Difference difference, PrintWriter out) {
            out.println(difference.kind() + " " + difference.place()
                    + (difference.key() == null ? "" : " key " + difference.key()) + ": " + difference.problem()
                    + (difference.cause() == null ? "" : " (made of " + difference.cause() + ")"));
            difference.fields().forEach(field -> out.println("    " + field));
        }
    }
}
