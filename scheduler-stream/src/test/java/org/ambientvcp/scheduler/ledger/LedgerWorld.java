package org.ambientvcp.scheduler.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.ambientvcp.events.CreditAccount;
import org.ambientvcp.events.GrantedFunds;
import org.ambientvcp.events.HeldReward;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.LedgerEntry;
import org.ambientvcp.events.OwnerState;
import org.ambientvcp.schemas.SingleObject;
import org.apache.avro.specific.SpecificRecord;

/// The whole ledger in memory: the rules, stores of bytes as Kafka Streams keeps them, credits under way.
final class LedgerWorld {
    static final int DEFAULT_QUOTA = 5;

    final Map<String, Long> entriesByAccount = new TreeMap<>();
    final Map<String, Integer> settlements = new HashMap<>();
    final Queue<CreditAccount> underWay = new ArrayDeque<>();
    private final boolean restart;
    private final int maxRemembered;
    private final Map<String, byte[]> owners = new TreeMap<>();
    private final Map<String, byte[]> holds = new TreeMap<>();
    private final Map<String, byte[]> grants = new TreeMap<>();
    private Memory settled;
    private Memory granted;

    /// @param restart whether everything but the stores is lost before every command
    LedgerWorld(boolean restart, int maxRemembered) {
        this.restart = restart;
        this.maxRemembered = maxRemembered;
        this.settled = new Memory(maxRemembered);
        this.granted = new Memory(maxRemembered);
    }

    Effects apply(LedgerCommand command, long now) {
        if (restart) restore();
        var ownerKey = Ledger.ownerOf(command);
        var holdKey = Ledger.holdKey(command);
        var grantKey = Ledger.grantKey(command);
        var books = new Books(
                owner(ownerKey),
                holdKey == null || !holds.containsKey(holdKey) ? null : read(HeldReward.class, holds.get(holdKey)),
                grantKey == null || !grants.containsKey(grantKey)
                        ? null
                        : read(GrantedFunds.class, grants.get(grantKey)));
        var effects = Ledger.apply(command, books, DEFAULT_QUOTA, now);
        owners.put(ownerKey, SingleObject.encode(effects.owner()));
        if (effects.hold() != null && holdKey != null) {
            if (books.hold() != null && books.hold().getSettled())
                settled.recall(holdKey, books.hold().getAtEpochMillis());
            holds.put(holdKey, SingleObject.encode(effects.hold()));
            if (effects.hold().getSettled()) settled.remember(holdKey, now);
        }
        if (effects.grant() != null && grantKey != null) {
            grants.put(grantKey, SingleObject.encode(effects.grant()));
            granted.remember(grantKey, now);
        }
        if (effects.event() == Effects.Event.SETTLED && effects.hold() != null)
            settlements.merge(holdKey + " admitted " + effects.hold().getAdmissions() + " times", 1, Integer::sum);
        for (var entry : effects.entries())
            entriesByAccount.merge(entry.getAccount(), entry.getAmountMicros(), Long::sum);
        underWay.addAll(effects.credits());
        settled.forget(now, 8).forEach(holds::remove);
        granted.forget(now, 8).forEach(grants::remove);
        return effects;
    }

    OwnerState owner(String name) {
        return owners.containsKey(name) ? read(OwnerState.class, owners.get(name)) : Books.newOwner(name);
    }

    List<OwnerState> owners() {
        return owners.values().stream()
                .map(bytes -> read(OwnerState.class, bytes))
                .toList();
    }

    List<HeldReward> liveHolds(String tenant) {
        var live = new ArrayList<HeldReward>();
        for (var bytes : holds.values()) {
            var hold = read(HeldReward.class, bytes);
            if (!hold.getSettled() && hold.getTenant().equals(tenant)) live.add(hold);
        }
        return live;
    }

    int remembered() {
        return settled.size();
    }

    static long sum(List<LedgerEntry> entries) {
        return entries.stream().mapToLong(LedgerEntry::getAmountMicros).sum();
    }

    private void restore() {
        settled = new Memory(maxRemembered);
        granted = new Memory(maxRemembered);
        holds.forEach((key, bytes) -> {
            var hold = read(HeldReward.class, bytes);
            if (hold.getSettled()) settled.remember(key, hold.getAtEpochMillis());
        });
        grants.forEach((key, bytes) ->
                granted.remember(key, read(GrantedFunds.class, bytes).getAtEpochMillis()));
    }

    private static <T extends SpecificRecord> T read(Class<T> type, byte[] bytes) {
        return SingleObject.decode(type, bytes);
    }
}
