package org.ambientvcp.simulation.checks;

import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.LedgerEntry;
import org.ambientvcp.scheduler.ledger.Effects;
import org.ambientvcp.scheduler.ledger.Ledger;
import org.jspecify.annotations.Nullable;

/// Replays one partition of the ledger and looks at every step.
final class LedgerCheck {
    private static final int REBUILT_EVERY = 40;

    private final int partition;
    private final Rules rules;
    private final int defaultQuota;
    private final Findings findings;
    private final StoredLedger stored = new StoredLedger();
    private StoredLedger rebuilt = new StoredLedger();
    private int applied;

    LedgerCheck(int partition, Rules rules, int defaultQuota, Findings findings) {
        this.partition = partition;
        this.rules = rules;
        this.defaultQuota = defaultQuota;
        this.findings = findings;
    }

    /// Effects of the next command; null if it is under a wrong key.
    @Nullable
    Effects apply(Logged<LedgerCommand> logged) {
        var command = logged.value();
        if (command == null || stored.ownerOf(command, logged.key()) == null) return null;
        if (applied++ % REBUILT_EVERY == 0) rebuilt = stored.copy();
        var effects = stored.apply(rules, command, defaultQuota, logged.timeMillis());
        var where = "ledger " + partition + ", offset " + logged.offset();
        var twin = rebuilt.apply(rules, command, defaultQuota, logged.timeMillis());
        findings.require(
                twin.equals(effects), Law.REBUILT_IS_RUNNING, where, () -> "rebuilt says " + twin + ", not " + effects);
        var sum = effects.entries().stream()
                .mapToLong(LedgerEntry::getAmountMicros)
                .sum();
        findings.require(sum == 0, Law.SUM_IS_ZERO, where, () -> "entries sum to " + sum);
        owner(Ledger.ownerOf(command), where);
        return effects;
    }

    private void owner(String name, String where) {
        var owner = stored.owners().get(name);
        if (owner == null) return;
        boolean mint = name.equals("mint");
        findings.require(
                mint ? owner.getBalanceMicros() <= 0 : owner.getBalanceMicros() >= 0 && owner.getHeldMicros() >= 0,
                Law.FLOOR,
                where,
                () -> "below its floor: " + owner);
        if (!name.startsWith("tenant:")) return;
        var prefix = name.substring("tenant:".length()) + "/";
        long held = 0;
        int inFlight = 0;
        for (var hold :
                stored.holds().subMap(prefix, prefix + Character.MAX_VALUE).values()) {
            if (hold.getSettled()) continue;
            held += hold.getAmountMicros();
            inFlight++;
        }
        long sum = held;
        int count = inFlight;
        findings.require(
                sum == owner.getHeldMicros() && count == owner.getTasksInFlight(),
                Law.HELD,
                where,
                () -> "live holds are " + count + " of " + sum + ", the owner says " + owner);
    }

    StoredLedger stored() {
        return stored;
    }
}
