package org.ambientvcp.scheduler.ledger;

import static org.ambientvcp.scheduler.Refusal.quote;

import java.util.List;
import org.ambientvcp.events.AccountBalance;
import org.ambientvcp.events.CreditAccount;
import org.ambientvcp.events.GrantFunds;
import org.ambientvcp.events.GrantedFunds;
import org.ambientvcp.events.OwnerState;
import org.ambientvcp.events.SlashNode;
import org.ambientvcp.events.TenantQuota;
import org.ambientvcp.events.TransferKind;
import org.ambientvcp.scheduler.ledger.Effects.Event;
import org.jspecify.annotations.Nullable;

/// Money that moves without a task being admitted or settled, and quotas. Pure functions.
final class Funds {
    private Funds() {}

    static Effects slash(SlashNode slash, OwnerState node, long at) {
        if (slash.getAmountMicros() < 0)
            return Effects.refused(node, "out-of-range", "amountMicros is negative: " + slash.getAmountMicros());
        var taken = Math.min(slash.getAmountMicros(), node.getBalanceMicros());
        var transfers = new Transfers(node, at);
        transfers.move(
                slash.getTaskId() + "/" + slash.getAttempt() + "/SLASH/" + slash.getNodeId(),
                node.getOwner(),
                Accounts.TREASURY,
                taken,
                TransferKind.SLASH,
                slash.getTaskId(),
                slash.getAttempt());
        return moved(Event.SLASHED, transfers, node, null);
    }

    static Effects credit(CreditAccount credit, OwnerState owner, long at) {
        if (!Accounts.canBeCredited(owner.getOwner()))
            return Effects.refused(owner, "unknown-account", "no credit reaches account " + quote(owner.getOwner()));
        var micros = credit.getAmountMicros();
        if (micros < 0 != owner.getOwner().equals(Accounts.MINT))
            return Effects.refused(
                    owner, "out-of-range", "a credit to " + owner.getOwner() + " has the wrong sign: " + micros);
        long balance;
        try {
            balance = Math.addExact(owner.getBalanceMicros(), micros);
        } catch (ArithmeticException overflow) {
            return Effects.refused(owner, "out-of-range", "the balance of " + owner.getOwner() + " would overflow");
        }
        var after = new OwnerState(
                owner.getOwner(),
                balance,
                owner.getHeldMicros(),
                owner.getTasksInFlight(),
                owner.getMaxTasksInFlight());
        return new Effects(
                Event.CREDITED,
                after,
                null,
                null,
                List.of(),
                List.of(new AccountBalance(owner.getOwner(), balance, at, null, null)),
                List.of(),
                null,
                null,
                List.of());
    }

    static Effects grant(GrantFunds grant, Books books, long at) {
        var owner = books.owner();
        if (!Accounts.canBeGranted(grant.getAccount()))
            return Effects.refused(
                    owner, "unknown-account", "no money can be granted to account " + quote(grant.getAccount()));
        if (grant.getGrantId().isEmpty() || grant.getGrantId().length() > Ledger.MAX_GRANT_ID_CHARS)
            return Effects.refused(
                    owner,
                    "out-of-range",
                    "grantId is not 1–" + Ledger.MAX_GRANT_ID_CHARS + " characters: " + quote(grant.getGrantId()));
        if (grant.getAmountMicros() < 1 || grant.getAmountMicros() > Ledger.MAX_GRANT_MICROS)
            return Effects.refused(
                    owner,
                    "out-of-range",
                    "amountMicros is not 1–" + Ledger.MAX_GRANT_MICROS + ": " + grant.getAmountMicros());
        var earlier = books.grant();
        if (earlier != null)
            return earlier.getAmountMicros() == grant.getAmountMicros()
                    ? Effects.nothing(Event.REPEATED, owner, List.of())
                    : Effects.refused(
                            owner,
                            "conflicting-grant",
                            "grant " + quote(grant.getGrantId()) + " was " + earlier.getAmountMicros() + ", now it is "
                                    + grant.getAmountMicros());
        if (owner.getBalanceMicros() > Long.MAX_VALUE - grant.getAmountMicros())
            return Effects.refused(owner, "out-of-range", "the balance of " + owner.getOwner() + " would overflow");
        var transfers = new Transfers(owner, at);
        transfers.move(
                Ledger.grantKey(grant.getAccount(), grant.getGrantId()) + "/GRANT",
                Accounts.MINT,
                grant.getAccount(),
                grant.getAmountMicros(),
                TransferKind.GRANT,
                null,
                0);
        return moved(
                Event.GRANTED,
                transfers,
                owner,
                new GrantedFunds(grant.getGrantId(), grant.getAccount(), grant.getAmountMicros(), at));
    }

    static Effects quota(TenantQuota quota, OwnerState tenant, long at) {
        var most = quota.getMaxTasksInFlight();
        if (Accounts.tenantOf(tenant.getOwner()) == null)
            return Effects.refused(tenant, "unknown-account", "not a tenant: " + quote(quota.getTenant()));
        if (most < 0 || most > Ledger.MAX_QUOTA)
            return Effects.refused(
                    tenant, "out-of-range", "maxTasksInFlight is not 0–" + Ledger.MAX_QUOTA + ": " + most);
        var after = new OwnerState(
                tenant.getOwner(), tenant.getBalanceMicros(), tenant.getHeldMicros(), tenant.getTasksInFlight(), most);
        var transfers = new Transfers(tenant, at);
        transfers.count(tenant.getTasksInFlight(), most);
        return new Effects(
                Event.QUOTA_SET, after, null, null, List.of(), transfers.balances(), List.of(), null, null, List.of());
    }

    private static Effects moved(Event event, Transfers transfers, OwnerState before, @Nullable GrantedFunds grant) {
        return new Effects(
                event,
                transfers.owner(before, before.getTasksInFlight()),
                null,
                grant,
                transfers.entries(),
                transfers.balances(),
                transfers.credits(),
                null,
                null,
                List.of());
    }
}
