package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.ambientvcp.events.LedgerEntry;
import org.ambientvcp.events.TransferKind;
import org.ambientvcp.schemas.Topics;

/// The ledger as it stands in the log.
record Books(List<LedgerEntry> entries) {

    /// The books now.
    static Books read(KafkaSide kafka) {
        return new Books(kafka.read(Topics.LEDGER).stream().map(Event::value).toList());
    }

    /// The books once this task's hold has ended. A task's status may be there a moment before.
    static Books settled(KafkaSide kafka, String taskId) throws Exception {
        return Await.until(
                "the reward of " + taskId + " is settled",
                () -> read(kafka),
                books -> !books.of(taskId, TransferKind.HOLD).isEmpty()
                        && books.of(taskId).stream()
                                        .filter(entry -> entry.getAccount().startsWith("escrow:"))
                                        .mapToLong(LedgerEntry::getAmountMicros)
                                        .sum()
                                == 0);
    }

    /// Waits until every transfer has reached both sides, then checks that no money came or went.
    static void assertBalanced(KafkaSide kafka) throws Exception {
        var books = Await.until(
                "the accounts hold what the entries say",
                () -> read(kafka),
                now -> balances(kafka).equals(now.byAccount()));
        assertThat(books.entries().stream()
                        .mapToLong(LedgerEntry::getAmountMicros)
                        .sum())
                .as("all entries together")
                .isZero();
        assertThat(balances(kafka).values().stream().mapToLong(Long::longValue).sum())
                .as("all accounts together")
                .isZero();
        assertThat(books.entries().stream()
                        .collect(Collectors.groupingBy(
                                LedgerEntry::getTransferId, Collectors.summingLong(LedgerEntry::getAmountMicros))))
                .as("both sides of each transfer")
                .allSatisfy((transferId, sum) -> assertThat(sum).as(transferId).isZero());
        assertThat(books.entries().stream()
                        .collect(Collectors.groupingBy(LedgerEntry::getTransferId, Collectors.counting())))
                .as("each transfer once")
                .allSatisfy(
                        (transferId, sides) -> assertThat(sides).as(transferId).isEqualTo(2));
    }

    private static Map<String, Long> balances(KafkaSide kafka) {
        var latest = new HashMap<String, Long>();
        for (var event : kafka.read(Topics.BALANCES))
            latest.put(event.key(), event.value().getBalanceMicros());
        latest.values().removeIf(balance -> balance == 0);
        return latest;
    }

    private Map<String, Long> byAccount() {
        var sums = entries.stream()
                .collect(Collectors.groupingBy(
                        LedgerEntry::getAccount, Collectors.summingLong(LedgerEntry::getAmountMicros)));
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }

    List<LedgerEntry> of(String taskId) {
        return entries.stream()
                .filter(entry -> Objects.equals(entry.getTaskId(), taskId))
                .toList();
    }

    List<LedgerEntry> of(String taskId, TransferKind kind) {
        return of(taskId).stream().filter(entry -> entry.getKind() == kind).toList();
    }

    /// What nodes were paid for a task, by node id.
    Map<String, Long> payments(String taskId) {
        return received(taskId, TransferKind.PAY).stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getAccount().substring("node:".length()),
                        Collectors.summingLong(LedgerEntry::getAmountMicros)));
    }

    /// What nodes were paid for a task, all together.
    long paid(String taskId) {
        return sum(received(taskId, TransferKind.PAY));
    }

    /// What came back to the tenant.
    long refunded(String taskId) {
        return sum(received(taskId, TransferKind.REFUND));
    }

    /// What a node lost over a task.
    long slashed(String taskId, String nodeId) {
        return -sum(of(taskId, TransferKind.SLASH).stream()
                .filter(entry -> entry.getAccount().equals("node:" + nodeId))
                .toList());
    }

    private List<LedgerEntry> received(String taskId, TransferKind kind) {
        return of(taskId, kind).stream()
                .filter(entry -> entry.getAmountMicros() > 0)
                .toList();
    }

    private static long sum(List<LedgerEntry> entries) {
        return entries.stream().mapToLong(LedgerEntry::getAmountMicros).sum();
    }
}
