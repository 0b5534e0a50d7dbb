package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LogExport;
import org.ambientvcp.audit.log.LogFileWriter;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.audit.log.LoggedRecord;
import org.ambientvcp.audit.replay.AuditReport;
import org.ambientvcp.audit.replay.AuditSettings;
import org.ambientvcp.audit.replay.Checkpoint;
import org.ambientvcp.audit.replay.Replay;
import org.ambientvcp.audit.why.Why;
import org.ambientvcp.it.SharedCluster.Running;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The logs of a real run, with a cheater in it, are proved; changed ones are refuted.
class AuditIT {
    @TempDir
    private Path directory;

    @Test
    void aRunIsProvedAndAChangedOneIsRefuted() throws Exception {
        var logs = directory.resolve("logs");
        AuditSettings settings;
        String taskId;
        try (var running = Running.start()) {
            settings = AuditSettings.trusting(Set.of(running.cluster().state().verifier()));
            taskId = tasks(running.client());
            LogExport.of(running.kafka().connection(), Topics.all(), logs);
        }

        var report = replay(logs, settings);

        assertThat(report.differences()).isEmpty();
        assertThat(report.unprovable()).isEmpty();
        assertThat(report.verdict()).isEqualTo(AuditReport.Verdict.PROVED);
        for (var topic : List.of(
                Topics.ASSIGNMENTS,
                Topics.TASK_STATUS,
                Topics.LEDGER,
                Topics.BALANCES,
                Topics.NODE_HEALTH,
                Topics.REPUTATION,
                Topics.CELL_COMMANDS,
                Topics.LEDGER_COMMANDS,
                Topics.VERIFICATIONS))
            assertThat(report.compared()).as(topic.name()).containsKey(topic.name());
        assertThat(replay(logs, settings).digest()).isEqualTo(report.digest());
        refutes(logs, settings, Topics.ASSIGNMENTS);
        refutes(logs, settings, Topics.NODE_HEALTH);
        refutes(logs, settings, Topics.LEDGER);

        var story = Why.of(ExportedLogs.open(logs), taskId, true);

        assertThat(story.last()).isNotNull();
        assertThat(story.steps().stream().flatMap(step -> step.leases().stream()))
                .anyMatch(lease -> lease.getAttempt() == 1)
                .anyMatch(lease -> lease.getAttempt() == 2);
        assertThat(story.steps().stream().filter(step -> !step.nodes().isEmpty()))
                .isNotEmpty()
                .allMatch(step -> step.nodes().stream().anyMatch(node -> node.rule() == null));
    }

    /// A few tasks; gives the id of the one that the cheater had first.
    private static String tasks(Client client) throws Exception {
        client.run(
                "primes/primes.wasm",
                "entry: {function: 'count_primes', arguments: ['i32:6000']},"
                        + " verification: {level: 'QUORUM', replicas: 4, quorum: 3}, rewardMicros: 10000");
        var caught = client.run(
                "primes/primes.wasm",
                "entry: {function: 'count_primes', arguments: ['i32:5000']}, strategy: 'LATENCY_AWARE',"
                        + " verification: {level: 'SPOT_CHECK'}, requirements: {capabilities: ['budget']},"
                        + " rewardMicros: 10000");
        assertThat(caught.path("attempt").asInt()).isEqualTo(2);
        return caught.path("taskId").asText();
    }

    private static AuditReport replay(Path logs, AuditSettings settings) throws Exception {
        return Replay.of(ExportedLogs.open(logs), settings, Checkpoint.empty(), new AtomicReference<>(), 2);
    }

    /// Changes one bit in the middle of a topic's first record.
    private void refutes(Path honest, AuditSettings settings, Topic<?> topic) throws Exception {
        var place = ExportedLogs.open(honest).partitions(topic).stream()
                .filter(partition -> !read(honest, partition).isEmpty())
                .findFirst()
                .orElseThrow();
        var content = new ArrayList<>(read(honest, place));
        var first = content.getFirst();
        var value = Objects.requireNonNull(first.value()).clone();
        value[value.length / 2] ^= 1;
        content.set(
                0,
                new LoggedRecord(
                        first.offset(), first.timestamp(), first.appendTime(), first.key(), value, first.headers()));
        var changed = Files.createTempDirectory(directory, "changed");
        try (var files = Files.walk(honest)) {
            for (var file : files.toList()) {
                var copy = changed.resolve(honest.relativize(file));
                if (Files.isDirectory(file)) Files.createDirectories(copy);
                else Files.createLink(copy, file);
            }
        }
        Files.delete(changed.resolve(place + ".log"));
        try (var writer = new LogFileWriter(changed.resolve(place + ".log"))) {
            for (var record : content) writer.write(record);
        }

        var report = replay(changed, settings);

        assertThat(report.verdict()).isEqualTo(AuditReport.Verdict.REFUTED);
        assertThat(report.differences().getFirst().place()).isEqualTo(place + "-" + first.offset());
    }

    private static List<LoggedRecord> read(Path logs, LogPartition place) {
        var all = new ArrayList<LoggedRecord>();
        try (var reader = ExportedLogs.open(logs).read(place)) {
            for (var record = reader.next(); record != null; record = reader.next()) all.add(record);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
        return all;
    }
}
