package org.ambientvcp.scheduler.celltopology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.CellMeta;
import org.ambientvcp.events.SettleTask;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.Tick;
import org.ambientvcp.scheduler.StorePart;
import org.ambientvcp.scheduler.TopologyDriver;
import org.ambientvcp.scheduler.cell.CellSettings;
import org.ambientvcp.scheduler.cell.Samples;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The driver feeds what the cell writes to its own input topic to it again, as a broker would.
class CellTopologyTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final CellConfig CONFIG =
            Samples.config().setRetryBackoffMillis(20_000).build();

    @TempDir
    Path directory;

    private TopologyDriver cells;
    private long now;

    @BeforeEach
    void start() {
        var registry = SchemaRegistry.inMemory();
        var metrics = new MetricRegistry();
        cells = new TopologyDriver(CellTopology.build(registry, CONFIG, metrics), registry, metrics, true, directory);
        now = System.currentTimeMillis(); // the driver's wall clock starts now as well
    }

    @AfterEach
    void stop() {
        cells.close();
    }

    @Test
    void aTaskIsLeasedVerifiedAndPaid() {
        send(Samples.node("n1").build());
        send(Samples.offer(Samples.task("t1").setTraceparent(TRACE)));

        var lease = cells.read(Topics.ASSIGNMENTS).getFirst();
        assertThat(lease.key()).isEqualTo("n1");
        assertThat(trace(lease.headers())).isEqualTo(TRACE);
        assertThat(EventHeaders.get(lease.headers(), EventHeaders.CAUSE))
                .startsWith("vcp.cell-commands.v1-")
                .endsWith("/0");
        send(Samples.returned(lease.value(), "42"));
        var job = cells.read(Topics.VERIFICATIONS).getFirst();
        assertThat(job.key()).isEqualTo("t1");
        send(Samples.honest(job.value()));

        var settlement = cells.read(Topics.LEDGER_COMMANDS).getFirst();
        assertThat(settlement.key()).isEqualTo("tenant:acme");
        assertThat(trace(settlement.headers())).isEqualTo(TRACE);
        assertThat(((SettleTask) settlement.value().getBody()).getPayments()).hasSize(1);
        assertThat(cells.values(Topics.TASK_STATUS))
                .extracting(status -> status.getState())
                .containsExactly(TaskState.LEASED, TaskState.VERIFYING, TaskState.ACCEPTED);
        assertThat(cells.read(Topics.REPUTATION).getFirst().key()).isEqualTo("n1");
        assertThat(cells.deadLetters()).isEmpty();
        assertThat(cells.metrics.counter("scheduler.cell.assignments").getCount())
                .isEqualTo(1);
        assertThat(cells.metrics.counter("scheduler.cell.results-taken").getCount())
                .isEqualTo(1);
    }

    @Test
    void aTickIsLoggedOnlyWhenSomethingIsDue() {
        send(Samples.node("n1").build());
        send(Samples.offer(Samples.task("t1")));
        wallClock(Duration.ofMillis(100));
        assertThat(ticks()).isZero();

        wallClock(Duration.ofMillis(Samples.WALL_MILLIS + CONFIG.getLeaseGraceMillis()));

        assertThat(ticks()).isEqualTo(1);
        assertThat(cells.values(Topics.ASSIGNMENTS))
                .extracting(assignment -> assignment.getKind())
                .containsExactly(AssignmentKind.EXECUTE, AssignmentKind.REVOKE);
    }

    @Test
    void otherSettingsThanTheLogsAreLoggedOnce() {
        wallClock(Duration.ofMillis(50));
        wallClock(Duration.ofMillis(50));

        assertThat(cells.read(Topics.CELL_COMMANDS)).singleElement().satisfies(command -> {
            assertThat(command.key()).isEqualTo("config");
            assertThat(command.value().getBody()).isEqualTo(CONFIG);
        });
        assertThat(new StorePart<>(cells.driver().getKeyValueStore(CellTopology.STATE), "meta", CellMeta.class)
                        .get("meta"))
                .extracting(CellMeta::getConfig)
                .isEqualTo(CONFIG);
    }

    @Test
    void aSummaryIsWrittenWhenThereIsNews() {
        wallClock(Duration.ofMillis(250));
        assertThat(cells.read(Topics.CELL_SUMMARIES))
                .singleElement()
                .satisfies(summary -> assertThat(summary.key()).isEqualTo("0"));
        send(Samples.node("n1").setSlots(5).build());
        wallClock(Duration.ofMillis(250));
        send(Samples.node("n1").setSlots(5).build());
        wallClock(Duration.ofMillis(250));

        assertThat(cells.values(Topics.CELL_SUMMARIES))
                .singleElement()
                .satisfies(summary -> assertThat(summary.getFreeSlots()).isEqualTo(5));
    }

    @Test
    void garbageBecomesADeadLetterWithItsExactBytes() {
        var bytes = "not avro".getBytes(UTF_8);
        cells.sendBytes(Topics.CELL_COMMANDS, "n1", bytes, now, new RecordHeaders());
        cells.sendBytes(Topics.CELL_COMMANDS, null, null, now, new RecordHeaders());
        var stale = new CellCommand(Samples.returned(
                Assignment.newBuilder()
                        .setKind(AssignmentKind.EXECUTE)
                        .setCell(0)
                        .setTaskId("t9")
                        .setNodeId("n1")
                        .setAttempt(1)
                        .setLeaseEpoch(1)
                        .setReplica(0)
                        .setLeaseExpiresAtEpochMillis(0)
                        .build(),
                "42"));
        cells.send(Topics.CELL_COMMANDS, "t9", stale, now);

        var letters = cells.deadLetters();

        assertThat(letters)
                .extracting(letter -> letter.getCode())
                .containsExactly("undecodable", "undecodable", "unknown-task");
        assertThat(Bytes.of(letters.getFirst().getValue())).isEqualTo(bytes);
        assertThat(Bytes.of(letters.getLast().getValue())).isEqualTo(cells.encode(Topics.CELL_COMMANDS, stale));
    }

    @Test
    void aTraceContextThatIsNoneIsNotPassedOn() {
        send(Samples.offer(Samples.task("t1")));
        send(Samples.offer(Samples.task("t1").setTenant("bravo").setTraceparent("anything\nat all")));

        assertThat(cells.read(Topics.LEDGER_COMMANDS))
                .singleElement()
                .satisfies(refund -> assertThat(refund.headers().lastHeader(EventHeaders.TRACEPARENT))
                        .isNull());
    }

    @Test
    void settingsOutOfRangeDoNotStart() {
        var wrong = Samples.config().setSlashPercent(101).build();

        assertThatThrownBy(() -> CellTopology.build(SchemaRegistry.inMemory(), wrong, new MetricRegistry()))
                .hasMessage("slashPercent is not 0–100: 101");
        assertThat(CellSettings.problems(CellSettings.DEFAULT)).isEmpty();
    }

    private void send(SpecificRecord body) {
        cells.send(Topics.CELL_COMMANDS, "key", new CellCommand(body), now);
    }

    private void wallClock(Duration passing) {
        cells.driver().advanceWallClockTime(passing);
        now += passing.toMillis();
    }

    private long ticks() {
        return cells.values(Topics.CELL_COMMANDS).stream()
                .filter(command -> command.getBody() instanceof Tick)
                .count();
    }

    private static String trace(Headers headers) {
        return String.valueOf(EventHeaders.get(headers, EventHeaders.TRACEPARENT));
    }
}
