package org.ambientvcp.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.audit.log.LoggedRecord;
import org.ambientvcp.audit.replay.AuditReport;
import org.ambientvcp.audit.replay.Difference;
import org.ambientvcp.audit.synthetic.SyntheticLogs;
import org.ambientvcp.schemas.Cause;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is changed in honest logs, the replay names it.
class TamperingTest {
    private static final SyntheticLogs.Options OPTIONS = new SyntheticLogs.Options(2, 2, 6, 40, 50, 2, 11);
    /// Topics that rules write.
    private static final List<Topic<?>> WRITTEN = List.of(
            Topics.ASSIGNMENTS,
            Topics.NODE_HEALTH,
            Topics.TASK_STATUS,
            Topics.LEDGER,
            Topics.BALANCES,
            Topics.VERIFICATIONS,
            Topics.REPUTATION,
            Topics.NODE_CELLS,
            Topics.LEDGER_COMMANDS,
            Topics.CELL_COMMANDS);
    /// Topics of signed records.
    private static final List<Topic<?>> SIGNED =
            List.of(Topics.RESULTS, Topics.VERDICTS, Topics.NODES, Topics.TELEMETRY, Topics.COMMITMENTS);

    @TempDir
    private static Path honest;

    private static Tampered logs;

    @TempDir
    private Path directory;

    private record Chosen(LogPartition place, int index, LoggedRecord record) {}

    @BeforeAll
    static void makeHonestLogs() throws IOException {
        SyntheticLogs.write(honest, OPTIONS);
        logs = new Tampered(honest, SyntheticLogs.settings(OPTIONS));
    }

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("audit.tamperings", 60));
    }

    @Test
    void honestLogsAreProved() throws Exception {
        var report = logs.replay(honest);

        assertThat(report.differences()).isEmpty();
        assertThat(report.verdict()).isEqualTo(AuditReport.Verdict.PROVED);
        assertThat(report.pending()).isEmpty();
        for (var topic : WRITTEN) assertThat(report.compared()).containsKey(topic.name());
        assertThat(report.compared().get(Topics.ASSIGNMENTS.name()))
                .isEqualTo(report.read().get(Topics.ASSIGNMENTS.name()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aChangedBitIsNamed(int seed) throws Exception {
        var random = new SplittableRandom(seed);
        var chosen = written(random);
        var value = Objects.requireNonNull(chosen.record().value()).clone();
        value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));

        var report = replay(chosen, changed(chosen.record(), value));

        assertRefuted(report, chosen, Difference.Kind.DIFFERS, Difference.Kind.WITHOUT_CAUSE);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aChangedSignatureIsNamedAsTheCause(int seed) throws Exception {
        var random = new SplittableRandom(seed);
        var chosen = any(random, SIGNED, false);
        var value = Objects.requireNonNull(chosen.record().value()).clone();
        value[value.length - 1 - random.nextInt(64)] ^= (byte) (1 << random.nextInt(8)); // the signature comes last

        var report = replay(chosen, changed(chosen.record(), value));

        assertThat(report.verdict()).isEqualTo(AuditReport.Verdict.REFUTED);
        var cause = Objects.requireNonNull(report.differences().getFirst().cause());
        assertThat(cause.topic() + "-" + cause.partition() + "-" + cause.offset())
                .isEqualTo(chosen.place() + "-" + chosen.record().offset());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDroppedRecordIsNamed(int seed) throws Exception {
        var chosen = written(new SplittableRandom(seed));
        var left = new ArrayList<>(records(chosen));
        left.remove(chosen.index());

        var report = logs.replay(directory.resolve("logs"), chosen.place(), left);

        assertThat(report.verdict()).isEqualTo(AuditReport.Verdict.REFUTED);
        var first = report.differences().getFirst();
        assertThat(first.kind()).isEqualTo(Difference.Kind.MISSING);
        assertThat(first.topic() + "-" + first.partition())
                .isEqualTo(chosen.place().toString());
        assertThat(first.key()).isEqualTo(chosen.record().keyText());
        assertThat(first.cause()).isEqualTo(cause(chosen.record()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRepeatedRecordIsNamed(int seed) throws Exception {
        var chosen = writtenOnce(new SplittableRandom(seed));
        var more = new ArrayList<>(records(chosen));
        var copy = moved(chosen.record(), more.getLast().offset() + 1);
        more.add(copy);

        var report = logs.replay(directory.resolve("logs"), chosen.place(), more);

        assertRefuted(report, new Chosen(chosen.place(), more.size() - 1, copy), Difference.Kind.OUT_OF_ORDER);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void twoRecordsThatChangedPlacesAreNamed(int seed) throws Exception {
        var random = new SplittableRandom(seed);
        var chosen = written(random);
        var content = new ArrayList<>(records(chosen));
        var source = source(chosen.record());
        var others = IntStream.range(0, content.size())
                .filter(index -> index != chosen.index() && source.equals(source(content.get(index))))
                .toArray();
        if (others.length == 0) return; // it is the only one of its source
        var other = others[random.nextInt(others.length)];
        var one = content.get(chosen.index());
        var two = content.get(other);
        content.set(chosen.index(), moved(two, one.offset()));
        content.set(other, moved(one, two.offset()));

        var report = logs.replay(directory.resolve("logs"), chosen.place(), content);

        assertThat(report.verdict()).isEqualTo(AuditReport.Verdict.REFUTED);
        assertThat(report.differences().getFirst().place())
                .isIn(chosen.place() + "-" + one.offset(), chosen.place() + "-" + two.offset());
    }

    private AuditReport replay(Chosen chosen, LoggedRecord instead) throws Exception {
        var content = new ArrayList<>(records(chosen));
        content.set(chosen.index(), instead);
        return logs.replay(directory.resolve("logs"), chosen.place(), content);
    }

    private static void assertRefuted(AuditReport report, Chosen chosen, Difference.Kind... kinds) {
        assertThat(report.verdict()).isEqualTo(AuditReport.Verdict.REFUTED);
        var first = report.differences().getFirst();
        assertThat(first.place())
                .isEqualTo(chosen.place() + "-" + chosen.record().offset());
        assertThat(first.kind()).isIn(Arrays.asList(kinds));
    }

    private static List<LoggedRecord> records(Chosen chosen) {
        return Objects.requireNonNull(logs.records().get(chosen.place()));
    }

    private static Chosen written(SplittableRandom random) {
        return any(random, WRITTEN, true);
    }

    /// Not of the intake, which may write twice.
    private static Chosen writtenOnce(SplittableRandom random) {
        while (true) {
            var chosen = written(random);
            var source = source(chosen.record());
            if (Stream.of(Topics.TASKS, Topics.RESULTS, Topics.VERDICTS, Topics.COMMITMENTS)
                    .noneMatch(topic -> source.startsWith(topic.name()))) return chosen;
        }
    }

    private static Chosen any(SplittableRandom random, List<Topic<?>> topics, boolean withCause) {
        while (true) {
            var place = new LogPartition(topics.get(random.nextInt(topics.size())), random.nextInt(2));
            var records = Objects.requireNonNull(logs.records().get(place));
            if (records.isEmpty()) continue;
            var index = random.nextInt(records.size());
            if (!withCause || cause(records.get(index)) != null) return new Chosen(place, index, records.get(index));
        }
    }

    private static @Nullable Cause cause(LoggedRecord record) {
        var header = record.header(EventHeaders.CAUSE.getBytes(StandardCharsets.UTF_8));
        return header == null ? null : Cause.parse(header);
    }

    private static String source(LoggedRecord record) {
        var cause = cause(record);
        return cause == null ? "" : cause.topic() + "-" + cause.partition();
    }

    private static LoggedRecord changed(LoggedRecord record, byte[] value) {
        return new LoggedRecord(
                record.offset(), record.timestamp(), record.appendTime(), record.key(), value, record.headers());
    }

    private static LoggedRecord moved(LoggedRecord record, long offset) {
        return new LoggedRecord(
                offset, record.timestamp(), record.appendTime(), record.key(), record.value(), record.headers());
    }

    @Test
    void aSummaryThatLiesIsNamed() throws Exception {
        var place = new LogPartition(Topics.CELL_SUMMARIES, 0);
        var content = new ArrayList<>(Objects.requireNonNull(logs.records().get(place)));
        var record = content.get(content.size() / 2);
        var value = ByteBuffer.wrap(Objects.requireNonNull(record.value()).clone());
        value.put(value.capacity() - 2, (byte) (value.get(value.capacity() - 2) ^ 2)); // free slots of the last class
        content.set(content.size() / 2, changed(record, value.array()));

        var report = logs.replay(directory.resolve("logs"), place, content);

        assertRefuted(report, new Chosen(place, 0, record), Difference.Kind.DIFFERS);
    }
}
