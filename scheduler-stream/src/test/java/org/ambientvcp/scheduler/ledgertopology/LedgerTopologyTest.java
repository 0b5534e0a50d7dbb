package org.ambientvcp.scheduler.ledgertopology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ambientvcp.scheduler.Samples.NODE;
import static org.ambientvcp.scheduler.Samples.TASK_ID;
import static org.ambientvcp.scheduler.Samples.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.events.AdmitTask;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.CreditAccount;
import org.ambientvcp.events.GrantFunds;
import org.ambientvcp.events.GrantedFunds;
import org.ambientvcp.events.HeldReward;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.LedgerEntry;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.PassOn;
import org.ambientvcp.events.Payment;
import org.ambientvcp.events.SettleTask;
import org.ambientvcp.events.SlashNode;
import org.ambientvcp.events.SlotClass;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TenantQuota;
import org.ambientvcp.scheduler.Samples;
import org.ambientvcp.scheduler.StorePart;
import org.ambientvcp.scheduler.TopologyDriver;
import org.ambientvcp.scheduler.ledger.Ledger;
import org.ambientvcp.scheduler.ledger.Memory;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Credits loop back: the driver feeds what the ledger writes to its own input topic to it again.
class LedgerTopologyTest {
    private static final long NOW = 1_000_000;
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Task TASK = Samples.task(TENANT, TASK_ID, 1_000);

    @TempDir
    Path directory;

    private TopologyDriver ledger;

    @BeforeEach
    void start() {
        var registry = SchemaRegistry.inMemory();
        var metrics = new MetricRegistry();
        var topology = LedgerTopology.build(registry, 3, new LedgerLimits(2, 3), metrics);
        ledger = new TopologyDriver(topology, registry, metrics, true, directory);
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void moneyGoesFromTheMintThroughEscrowToTheNode() {
        grant("g1", "tenant:acme", 5_000);
        admit(TASK);
        settle(TASK_ID, new Payment(NODE.id(), 600L));

        assertThat(balances())
                .isEqualTo(
                        Map.of("tenant:acme", 4_400L, "escrow:acme", 0L, "node:" + NODE.id(), 600L, "mint", -5_000L));
        var entries = ledger.read(Topics.LEDGER);
        assertThat(entries)
                .allSatisfy(
                        entry -> assertThat(entry.key()).isEqualTo(entry.value().getAccount()));
        assertThat(entries.stream()
                        .map(entry -> entry.value())
                        .mapToLong(LedgerEntry::getAmountMicros)
                        .sum())
                .isZero();
        assertThat(entries).hasSize(8);
        assertThat(ledger.deadLetters()).isEmpty();
    }

    @Test
    void slashedMoneyReachesTheTreasury() {
        grant("stake", "node:" + NODE.id(), 300);

        send("node:" + NODE.id(), new SlashNode(NODE.id(), TASK_ID, 1, 1_000L, "digest differs"));

        assertThat(balances()).containsEntry("treasury", 300L).containsEntry("node:" + NODE.id(), 0L);
    }

    @Test
    void anAdmittedTaskIsOfferedToTheBetterCell() {
        summary(0, 5, 0);
        summary(1, 6, 9);
        grant("g1", "tenant:acme", 5_000);

        admit(TASK);

        var offers = ledger.read(Topics.CELL_COMMANDS);
        assertThat(offers).hasSize(1);
        assertThat(offers.getFirst().key()).isEqualTo(TASK_ID);
        assertThat(offers.getFirst().value().getBody()).isEqualTo(new TaskOffer(TASK, List.of(), 6L));
    }

    @Test
    void aSummaryThatCannotBeReadCountsAsNone() {
        summary(0, 5, 0);
        ledger.sendBytes(Topics.CELL_SUMMARIES, "1", "junk".getBytes(UTF_8), NOW, new RecordHeaders());
        ledger.sendBytes(Topics.CELL_SUMMARIES, null, "junk".getBytes(UTF_8), NOW, new RecordHeaders());
        ledger.send(Topics.CELL_SUMMARIES, "2", cell(1, 9, 100), NOW);
        grant("g1", "tenant:acme", 5_000);

        admit(TASK);

        assertThat(ledger.values(Topics.CELL_COMMANDS).getFirst().getBody())
                .isEqualTo(new TaskOffer(TASK, List.of(), 5L));
    }

    @Test
    void aSummaryThatIsWithdrawnIsNotUsed() {
        summary(0, 5, 100);
        summary(1, 6, 1);
        ledger.sendBytes(Topics.CELL_SUMMARIES, "0", null, NOW, new RecordHeaders());
        grant("g1", "tenant:acme", 5_000);

        admit(TASK);

        assertThat(ledger.values(Topics.CELL_COMMANDS).getFirst().getBody())
                .isEqualTo(new TaskOffer(TASK, List.of(), 6L));
    }

    @Test
    void aTaskThatWasPassedOnIsOfferedElsewhere() {
        for (var cell = 0; cell < 3; cell++) summary(cell, 10 + cell, 1);
        grant("g1", "tenant:acme", 5_000);
        admit(TASK);
        ledger.read(Topics.CELL_COMMANDS);

        send("tenant:acme", new PassOn(new TaskOffer(TASK, List.of(0, 1), 10L)));

        assertThat(ledger.values(Topics.CELL_COMMANDS).getFirst().getBody())
                .isEqualTo(new TaskOffer(TASK, List.of(0, 1), 12L));
    }

    @Test
    void aTaskWithoutMoneyIsRejectedWithTheReason() {
        admit(TASK);

        var status = ledger.read(Topics.TASK_STATUS).getFirst();
        assertThat(status.key()).isEqualTo(Topics.taskStatusKey(TENANT, TASK_ID));
        assertThat(status.value().getState()).isEqualTo(TaskState.REJECTED);
        assertThat(status.value().getReason()).contains("1000", "has 0");
        assertThat(ledger.read(Topics.CELL_COMMANDS)).isEmpty();
    }

    @Test
    void tasksOverTheQuotaAreRejectedUntilOneEnds() {
        grant("g1", "tenant:acme", 5_000);
        for (var id : List.of("t1", "t2", "t3")) admit(Samples.task(TENANT, id, 1));
        settle("t1");
        admit(Samples.task(TENANT, "t4", 1));
        send("tenant:acme", new TenantQuota(TENANT, 3));
        admit(Samples.task(TENANT, "t3", 1));

        assertThat(ledger.values(Topics.TASK_STATUS))
                .extracting(status -> status.getTaskId())
                .containsExactly("t3");
        assertThat(ledger.read(Topics.CELL_COMMANDS))
                .extracting(offer -> offer.key())
                .containsExactly("t1", "t2", "t4", "t3");
    }

    @Test
    void aRepeatedTaskChangesNothingAndAnotherOneIsADeadLetter() {
        grant("g1", "tenant:acme", 5_000);
        admit(TASK);
        admit(TASK);
        admit(Samples.task().setPriority(0).build());

        assertThat(ledger.read(Topics.CELL_COMMANDS)).hasSize(1);
        assertThat(ledger.deadLetters()).extracting(letter -> letter.getCode()).containsExactly("conflicting-task");
        assertThat(ledger.read(Topics.TASK_STATUS)).isEmpty();
        assertThat(ledger.metrics.counter("scheduler.ledger.repeated").getCount())
                .isEqualTo(1);
    }

    @Test
    void aSettledTaskIsKnownForADayAndThenForgotten() {
        grant("g1", "tenant:acme", 5_000);
        admit(TASK);
        settle(TASK_ID);
        sendAt("tenant:acme", new AdmitTask(TASK), NOW + Memory.REMEMBER_MILLIS);
        assertThat(ledger.read(Topics.CELL_COMMANDS)).hasSize(1);

        sendAt("tenant:acme", new AdmitTask(TASK), NOW + Memory.REMEMBER_MILLIS + 1);

        assertThat(ledger.read(Topics.CELL_COMMANDS)).hasSize(1);
        assertThat(stored("grants", GrantedFunds.class)).isEmpty();
    }

    @Test
    void nothingIsRememberedBeyondTheLimit() {
        grant("g1", "tenant:acme", 5_000);
        for (var task = 0; task < 10; task++) {
            admit(Samples.task(TENANT, "t" + task, 1));
            settle("t" + task);
        }

        assertThat(stored("holds", HeldReward.class)).hasSize(3).containsKey(Ledger.holdKey(TENANT, "t9"));
    }

    private <V extends SpecificRecord> Map<String, V> stored(String kind, Class<V> type) {
        var entries = new HashMap<String, V>();
        new StorePart<>(ledger.driver().getKeyValueStore(LedgerTopology.BOOKS), kind, type).forEach(entries::put);
        return entries;
    }

    @Test
    void everyCommandUnderTheWrongKeyIsADeadLetter() {
        var bodies = List.of(
                new AdmitTask(TASK),
                new PassOn(new TaskOffer(TASK, List.of(), 0L)),
                new SettleTask(TENANT, TASK_ID, 1, List.of(), false),
                new SlashNode(NODE.id(), TASK_ID, 1, 1L, ""),
                new CreditAccount("treasury", 1L),
                new GrantFunds("g", "tenant:acme", 1L, ""),
                new TenantQuota(TENANT, 1));
        for (var body : bodies) {
            ledger.send(Topics.LEDGER_COMMANDS, "tenant:other", new LedgerCommand(body), NOW);
            ledger.send(Topics.LEDGER_COMMANDS, null, new LedgerCommand(body), NOW);
        }

        assertThat(ledger.deadLetters())
                .hasSize(14)
                .allSatisfy(letter -> assertThat(letter.getCode()).isEqualTo("wrong-key"));
        assertThat(ledger.read(Topics.LEDGER)).isEmpty();
        assertThat(ledger.read(Topics.BALANCES)).isEmpty();
    }

    @Test
    void whatCannotBeDecodedIsKeptByteForByte() {
        for (var bytes : List.of(new byte[0], "junk".getBytes(UTF_8), ledger.encode(Topics.TASKS, TASK))) {
            ledger.sendBytes(Topics.LEDGER_COMMANDS, "tenant:acme", bytes, NOW, new RecordHeaders());
            var letter = ledger.deadLetters().getFirst();
            assertThat(letter.getCode()).isEqualTo("undecodable");
            assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(bytes));
        }
        ledger.sendBytes(Topics.LEDGER_COMMANDS, "tenant:acme", null, NOW, new RecordHeaders());
        assertThat(ledger.deadLetters().getFirst().getCode()).isEqualTo("undecodable");
    }

    @Test
    void refusedCommandsSayWhy() {
        grant("g1", "tenant:acme", 5_000);
        admit(TASK);

        settle("never-seen");
        settle(TASK_ID, new Payment(NODE.id(), 5_000L));
        grant("g2", "mint", 1);
        grant("g1", "tenant:acme", 6_000);
        send("treasury", new CreditAccount("treasury", -1L));

        assertThat(ledger.deadLetters())
                .extracting(letter -> letter.getCode())
                .containsExactly("unknown-task", "overpaid", "unknown-account", "conflicting-grant", "out-of-range");
        assertThat(balances()).containsEntry("node:" + NODE.id(), 1_000L);
    }

    @Test
    void theTraceContextReachesTheCell() {
        grant("g1", "tenant:acme", 5_000);
        var headers = new RecordHeaders();
        EventHeaders.set(headers, "traceparent", TRACE);
        var command = ledger.encode(Topics.LEDGER_COMMANDS, new LedgerCommand(new AdmitTask(TASK)));

        ledger.sendBytes(Topics.LEDGER_COMMANDS, "tenant:acme", command, NOW, headers);
        send("tenant:acme", new PassOn(new TaskOffer(TASK, List.of(), 0L)));

        var offers = ledger.read(Topics.CELL_COMMANDS);
        assertThat(EventHeaders.get(offers.get(0).headers(), "traceparent")).isEqualTo(TRACE);
        assertThat(offers.get(1).headers().lastHeader(EventHeaders.TRACEPARENT)).isNull();
        assertThat(EventHeaders.get(offers.get(1).headers(), EventHeaders.CAUSE))
                .startsWith("vcp.ledger-commands.v1-0-")
                .endsWith("/0");
    }

    private void grant(String grantId, String account, long micros) {
        send(account, new GrantFunds(grantId, account, micros, "operator"));
    }

    private void admit(Task task) {
        send("tenant:" + task.getTenant(), new AdmitTask(task));
    }

    private void settle(String taskId, Payment... payments) {
        send("tenant:acme", new SettleTask(TENANT, taskId, 1, List.of(payments), false));
    }

    private void send(String key, SpecificRecord body) {
        sendAt(key, body, NOW);
    }

    private void sendAt(String key, SpecificRecord body, long at) {
        ledger.send(Topics.LEDGER_COMMANDS, key, new LedgerCommand(body), at);
    }

    private void summary(int cell, long version, int freeSlots) {
        ledger.send(Topics.CELL_SUMMARIES, Integer.toString(cell), cell(cell, version, freeSlots), NOW);
    }

    private static CellSummary cell(int cell, long version, int freeSlots) {
        return new CellSummary(
                cell, version, 1, freeSlots, 0, 0, List.of(new SlotClass("eu", NodeType.SERVER, 1, freeSlots)), 0, 0);
    }

    private Map<String, Long> balances() {
        var latest = new HashMap<String, Long>();
        for (var balance : ledger.read(Topics.BALANCES)) {
            assertThat(balance.key()).isEqualTo(balance.value().getAccount());
            latest.put(balance.key(), balance.value().getBalanceMicros());
        }
        return latest;
    }
}
