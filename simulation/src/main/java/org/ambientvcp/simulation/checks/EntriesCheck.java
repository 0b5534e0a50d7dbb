package org.ambientvcp.simulation.checks;

import java.util.TreeMap;
import org.ambientvcp.schemas.Topics;

/// The ledger's entries alone: sums, floors, and no transfer twice.
final class EntriesCheck {
    private static final class Transfer {
        int entries;
        long sum;
    }

    private final History history;
    private final Findings findings;

    EntriesCheck(History history, Findings findings) {
        this.history = history;
        this.findings = findings;
    }

    void check() {
        var transfers = new TreeMap<String, Transfer>();
        var balances = new TreeMap<String, Long>();
        for (var each : history.of(Topics.LEDGER)) {
            var entry = each.value();
            if (entry == null) continue;
            var transfer = transfers.computeIfAbsent(entry.getTransferId(), _ -> new Transfer());
            transfer.entries++;
            transfer.sum += entry.getAmountMicros();
            long balance = balances.merge(entry.getAccount(), entry.getAmountMicros(), Long::sum);
            var mint = entry.getAccount().equals("mint");
            findings.require(
                    mint ? balance <= 0 : balance >= 0,
                    Law.FLOOR,
                    "ledger entry " + each.partition() + ":" + each.offset(),
                    () -> entry.getAccount() + " has " + balance + " after " + entry.getTransferId());
        }
        transfers.forEach((id, transfer) -> {
            findings.require(
                    transfer.entries == 2,
                    Law.TRANSFERS_UNIQUE,
                    "transfer " + id,
                    () -> transfer.entries + " entries, expected two");
            findings.require(transfer.sum == 0, Law.SUM_IS_ZERO, "transfer " + id, () -> "sums to " + transfer.sum);
        });
        var sum = balances.values().stream().mapToLong(Long::longValue).sum();
        findings.require(sum == 0, Law.SUM_IS_ZERO, "all accounts", () -> "sum to " + sum);
    }
}
