package org.ambientvcp.scheduler.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.events.AccountBalance;
import org.ambientvcp.events.CreditAccount;
import org.ambientvcp.events.LedgerEntry;
import org.ambientvcp.events.OwnerState;
import org.ambientvcp.events.TransferKind;
import org.jspecify.annotations.Nullable;

/// The transfers of one command, as it makes them. Each writes both of its entries at once, so that they sum
/// to zero at every moment; the owner's own accounts change here, the others by a credit. One thread.
final class Transfers {
    private final String ownAccount;
    private final @Nullable String ownEscrow;
    private final long atEpochMillis;
    private final List<LedgerEntry> entries = new ArrayList<>();
    private final List<CreditAccount> credits = new ArrayList<>();
    private final Map<String, Long> changed = new LinkedHashMap<>();
    private long balanceMicros;
    private long heldMicros;
    private int tasksInFlight;
    private int maxTasksInFlight;

    Transfers(OwnerState owner, long atEpochMillis) {
        var tenant = Accounts.tenantOf(owner.getOwner());
        ownAccount = owner.getOwner();
        ownEscrow = tenant == null ? null : Accounts.escrow(tenant);
        balanceMicros = owner.getBalanceMicros();
        heldMicros = owner.getHeldMicros();
        this.atEpochMillis = atEpochMillis;
    }

    /// Moves money; an amount of 0 leaves no trace.
    ///
    /// @param amountMicros ≥ 0
    /// @throws ArithmeticException if a balance leaves the range of a long
    void move(
            String transferId,
            String from,
            String to,
            long amountMicros,
            TransferKind kind,
            @Nullable String taskId,
            int attempt) {
        if (amountMicros < 0) throw new IllegalArgumentException("amountMicros is negative: " + amountMicros);
        if (amountMicros == 0) return;
        entries.add(new LedgerEntry(transferId, from, to, -amountMicros, kind, taskId, attempt, atEpochMillis));
        entries.add(new LedgerEntry(transferId, to, from, amountMicros, kind, taskId, attempt, atEpochMillis));
        change(from, -amountMicros);
        change(to, amountMicros);
    }

    private void change(String account, long micros) {
        if (account.equals(ownAccount)) {
            balanceMicros = Math.addExact(balanceMicros, micros);
            changed.put(account, balanceMicros);
        } else if (account.equals(ownEscrow)) {
            heldMicros = Math.addExact(heldMicros, micros);
            changed.put(account, heldMicros);
        } else {
            credits.add(new CreditAccount(account, micros));
        }
    }

    /// A tenant's tasks in flight or its quota are others now; the balance of its escrow says so, also if it is the
    /// same.
    void count(int tasksInFlight, int maxTasksInFlight) {
        this.tasksInFlight = tasksInFlight;
        this.maxTasksInFlight = maxTasksInFlight;
        if (ownEscrow != null) changed.put(ownEscrow, heldMicros);
    }

    List<LedgerEntry> entries() {
        return entries;
    }

    List<CreditAccount> credits() {
        return credits;
    }

    /// Balances of the owner's accounts that moved, once each.
    List<AccountBalance> balances() {
        return changed.entrySet().stream()
                .map(account -> balance(account.getKey(), account.getValue()))
                .toList();
    }

    private AccountBalance balance(String account, long micros) {
        var escrow = account.equals(ownEscrow);
        return new AccountBalance(
                account,
                micros,
                atEpochMillis,
                escrow ? (Integer) tasksInFlight : null,
                escrow ? (Integer) maxTasksInFlight : null);
    }

    /// The owner with the new balances.
    OwnerState owner(OwnerState before, int tasksInFlight) {
        return new OwnerState(
                before.getOwner(), balanceMicros, heldMicros, tasksInFlight, before.getMaxTasksInFlight());
    }
}
