package org.ambientvcp.simulation.checks;

import java.util.SortedMap;
import java.util.TreeMap;
import org.ambientvcp.events.GrantedFunds;
import org.ambientvcp.events.HeldReward;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.OwnerState;
import org.ambientvcp.scheduler.ledger.Books;
import org.ambientvcp.scheduler.ledger.Effects;
import org.ambientvcp.scheduler.ledger.Ledger;
import org.ambientvcp.scheduler.ledger.Memory;
import org.ambientvcp.schemas.AvroCodec;
import org.jspecify.annotations.Nullable;

/// The books of one partition of the ledger: stores, and the memory over them, used as the ledger's topology does.
public final class StoredLedger {
    private static final int FORGET_AT_ONCE = 8;
    private static final int MOST_REMEMBERED = 200_000;

    private final TreeMap<String, OwnerState> owners = new TreeMap<>();
    private final TreeMap<String, HeldReward> holds = new TreeMap<>();
    private final TreeMap<String, GrantedFunds> grants = new TreeMap<>();
    private final Memory settled = new Memory(MOST_REMEMBERED);
    private final Memory granted = new Memory(MOST_REMEMBERED);

    /// As a process reads it that starts.
    public StoredLedger copy() {
        var copy = new StoredLedger();
        owners.forEach((key, owner) -> copy.owners.put(key, AvroCodec.copy(OwnerState.class, owner)));
        holds.forEach((key, hold) -> {
            copy.holds.put(key, AvroCodec.copy(HeldReward.class, hold));
            if (hold.getSettled()) copy.settled.remember(key, hold.getAtEpochMillis());
        });
        grants.forEach((key, grant) -> {
            copy.grants.put(key, AvroCodec.copy(GrantedFunds.class, grant));
            copy.granted.remember(key, grant.getAtEpochMillis());
        });
        return copy;
    }

    /// The owner a command is for; null if the key is another.
    public @Nullable String ownerOf(LedgerCommand command, @Nullable String key) {
        var owner = Ledger.ownerOf(command);
        return owner.equals(key) ? owner : null;
    }

    /// Applies a command and stores what it says.
    public Effects apply(Rules rules, LedgerCommand command, int defaultQuota, long atEpochMillis) {
        var owner = Ledger.ownerOf(command);
        var holdKey = Ledger.holdKey(command);
        var grantKey = Ledger.grantKey(command);
        var known = owners.get(owner);
        var books = new Books(
                known == null ? Books.newOwner(owner) : known,
                holdKey == null ? null : holds.get(holdKey),
                grantKey == null ? null : grants.get(grantKey));
        var effects = rules.ledger(command, books, defaultQuota, atEpochMillis);
        store(command, effects, atEpochMillis);
        return effects;
    }

    /// Stores what a command did.
    public void store(LedgerCommand command, Effects effects, long atEpochMillis) {
        owners.put(effects.owner().getOwner(), effects.owner());
        var holdKey = Ledger.holdKey(command);
        if (effects.hold() != null && holdKey != null) {
            var before = holds.put(holdKey, effects.hold());
            if (before != null && before.getSettled()) settled.recall(holdKey, before.getAtEpochMillis());
            if (effects.hold().getSettled())
                settled.remember(holdKey, effects.hold().getAtEpochMillis());
        }
        var grantKey = Ledger.grantKey(command);
        if (effects.grant() != null && grantKey != null) {
            grants.put(grantKey, effects.grant());
            granted.remember(grantKey, effects.grant().getAtEpochMillis());
        }
        settled.forget(atEpochMillis, FORGET_AT_ONCE).forEach(holds::remove);
        granted.forget(atEpochMillis, FORGET_AT_ONCE).forEach(grants::remove);
    }

    /// Owners by name; a live view.
    public SortedMap<String, OwnerState> owners() {
        return owners;
    }

    /// Holds by tenant/task id; a live view.
    public SortedMap<String, HeldReward> holds() {
        return holds;
    }
}
