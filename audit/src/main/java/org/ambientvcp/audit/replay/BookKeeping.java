package org.ambientvcp.audit.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.GrantedFunds;
import org.ambientvcp.events.HeldReward;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.OwnerState;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.scheduler.ledger.Books;
import org.ambientvcp.scheduler.ledger.Effects;
import org.ambientvcp.scheduler.ledger.Ledger;
import org.ambientvcp.scheduler.ledger.Memory;
import org.ambientvcp.scheduler.ledger.Router;
import org.ambientvcp.schemas.SingleObject;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// One partition of the ledger in memory: the same steps as the application, without Kafka. One thread.
public final class BookKeeping {
    private static final String OWNERS = "OWNERS";
    private static final String HOLDS = "HOLDS";
    private static final String GRANTS = "GRANTS";

    private final Map<String, OwnerState> owners = new HashMap<>();
    private final Map<String, HeldReward> holds = new HashMap<>();
    private final Map<String, GrantedFunds> grants = new HashMap<>();
    private final Memory settled;
    private final Memory granted;
    private final int defaultQuota;

    /// @param start what was known at a checkpoint; null: nothing
    public BookKeeping(AuditSettings settings, Checkpoint.@Nullable State start) {
        settled = new Memory(settings.maxRemembered());
        granted = new Memory(settings.maxRemembered());
        defaultQuota = settings.defaultMaxTasksInFlight();
        if (start == null) return;
        for (var item : start.items()) {
            switch (item.store()) {
                case OWNERS -> owners.put(item.key(), SingleObject.decode(OwnerState.class, item.value()));
                case HOLDS -> restore(item.key(), SingleObject.decode(HeldReward.class, item.value()));
                case GRANTS -> restore(item.key(), SingleObject.decode(GrantedFunds.class, item.value()));
                default -> throw new IllegalArgumentException("no store of the ledger: " + item.store());
            }
        }
    }

    Checkpoint.State state(long nextOffset) {
        var items = new ArrayList<Checkpoint.Item>();
        owners.forEach((key, value) -> items.add(new Checkpoint.Item(OWNERS, key, SingleObject.encode(value))));
        holds.forEach((key, value) -> items.add(new Checkpoint.Item(HOLDS, key, SingleObject.encode(value))));
        grants.forEach((key, value) -> items.add(new Checkpoint.Item(GRANTS, key, SingleObject.encode(value))));
        return new Checkpoint.State(nextOffset, items);
    }

    /// What a command gives.
    ///
    /// @param key of the record
    /// @param at its time
    /// @return the effects; a refusal alone if the command is under another's key
    public Effects apply(LedgerCommand command, @Nullable String key, long at) {
        var owner = Ledger.ownerOf(command);
        var known = owners.get(owner);
        var before = known == null ? Books.newOwner(owner) : known;
        if (!owner.equals(key)) return Effects.refusing(before, wrongKey(owner, key));
        var holdKey = Ledger.holdKey(command);
        var grantKey = Ledger.grantKey(command);
        var books = new Books(
                before, holdKey == null ? null : holds.get(holdKey), grantKey == null ? null : grants.get(grantKey));
        var effects = Ledger.apply(command, books, defaultQuota, at);
        if (!effects.owner().equals(before)) owners.put(owner, effects.owner());
        if (effects.hold() != null && holdKey != null) {
            if (books.hold() != null && books.hold().getSettled())
                settled.recall(holdKey, books.hold().getAtEpochMillis());
            restore(holdKey, effects.hold());
        }
        if (effects.grant() != null && grantKey != null) restore(grantKey, effects.grant());
        return effects;
    }

    private void restore(String holdKey, HeldReward hold) {
        holds.put(holdKey, hold);
        if (hold.getSettled()) settled.remember(holdKey, hold.getAtEpochMillis());
    }

    private void restore(String grantKey, GrantedFunds grant) {
        grants.put(grantKey, grant);
        granted.remember(grantKey, grant.getAtEpochMillis());
    }

    private static Refusal wrongKey(String owner, @Nullable String key) {
        return new Refusal(
                "wrong-key",
                "expected the owner " + Refusal.quote(owner) + " as key, got "
                        + (key == null ? "none" : Refusal.quote(key)));
    }

    /// What follows every record, used or not.
    public void forget(long at) {
        settled.forget(at, Memory.FORGET_AT_ONCE).forEach(holds::remove);
        granted.forget(at, Memory.FORGET_AT_ONCE).forEach(grants::remove);
    }

    /// The records written for these effects, in order, but for refusals.
    public static List<Expected> outputs(
            Effects effects, long at, int cells, IntFunction<@Nullable CellSummary> summaries) {
        var outputs = new ArrayList<Expected>();
        for (var entry : effects.entries()) outputs.add(Expected.byKey(Topics.LEDGER, entry.getAccount(), entry, at));
        for (var balance : effects.balances())
            outputs.add(Expected.byKey(Topics.BALANCES, balance.getAccount(), balance, at));
        for (var credit : effects.credits())
            outputs.add(Expected.byKey(Topics.LEDGER_COMMANDS, credit.getAccount(), new LedgerCommand(credit), at));
        if (effects.offer() != null) {
            var task = effects.offer().getTask();
            var route = Router.route(effects.offer(), cells, summaries);
            outputs.add(new Expected(
                    Topics.CELL_COMMANDS,
                    route.cell(),
                    task.getTaskId(),
                    new CellCommand(new TaskOffer(task, effects.offer().getPassedBy(), route.version())),
                    at));
        }
        if (effects.rejected() != null)
            outputs.add(Expected.byKey(
                    Topics.TASK_STATUS,
                    Topics.taskStatusKey(
                            effects.rejected().getTenant(), effects.rejected().getTaskId()),
                    effects.rejected(),
                    at));
        return outputs;
    }
}
