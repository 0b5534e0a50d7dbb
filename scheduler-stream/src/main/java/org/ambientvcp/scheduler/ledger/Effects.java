package org.ambientvcp.scheduler.ledger;

import java.util.List;
import org.ambientvcp.events.AccountBalance;
import org.ambientvcp.events.CreditAccount;
import org.ambientvcp.events.GrantedFunds;
import org.ambientvcp.events.HeldReward;
import org.ambientvcp.events.LedgerEntry;
import org.ambientvcp.events.OwnerState;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.scheduler.Refusal;
import org.jspecify.annotations.Nullable;

/// What one command does. It happens in one transaction or not at all.
///
/// @param event what happened, in one word
/// @param owner the owner afterwards
/// @param hold to be stored; null = as it was
/// @param grant to be stored; null = as it was
/// @param entries both sides of every transfer; they sum to zero
/// @param balances new balances of accounts of this owner
/// @param credits other sides of transfers, for the partitions of their owners
/// @param offer looks for a cell
/// @param rejected tells the tenant why the task was not admitted
/// @param refusals become dead letters
public record Effects(
        Event event,
        OwnerState owner,
        @Nullable HeldReward hold,
        @Nullable GrantedFunds grant,
        List<LedgerEntry> entries,
        List<AccountBalance> balances,
        List<CreditAccount> credits,
        @Nullable TaskOffer offer,
        @Nullable TaskStatus rejected,
        List<Refusal> refusals) {

    /// For counts and logs.
    public enum Event {
        ADMITTED,
        /// Known already; nothing is done.
        REPEATED,
        /// Over quota or not paid for.
        REJECTED,
        PASSED_ON,
        SETTLED,
        SLASHED,
        CREDITED,
        GRANTED,
        QUOTA_SET,
        /// The command is wrong; nothing is done.
        REFUSED
    }

    public Effects {
        entries = List.copyOf(entries);
        balances = List.copyOf(balances);
        credits = List.copyOf(credits);
        refusals = List.copyOf(refusals);
    }

    /// Nothing but a dead letter.
    public static Effects refusing(OwnerState owner, Refusal refusal) {
        return nothing(Event.REFUSED, owner, List.of(refusal));
    }

    static Effects refused(OwnerState owner, String code, String reason) {
        return nothing(Event.REFUSED, owner, List.of(new Refusal(code, reason)));
    }

    static Effects nothing(Event event, OwnerState owner, List<Refusal> refusals) {
        return new Effects(event, owner, null, null, List.of(), List.of(), List.of(), null, null, refusals);
    }
}
