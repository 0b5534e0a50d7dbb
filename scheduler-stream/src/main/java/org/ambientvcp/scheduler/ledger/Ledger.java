package org.ambientvcp.scheduler.ledger;

import org.ambientvcp.events.AdmitTask;
import org.ambientvcp.events.CreditAccount;
import org.ambientvcp.events.GrantFunds;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.PassOn;
import org.ambientvcp.events.SettleTask;
import org.ambientvcp.events.SlashNode;
import org.ambientvcp.events.TenantQuota;
import org.jspecify.annotations.Nullable;

/// The ledger: what a command does to the books. Pure functions; docs/ledger.md says the rules in words.
public final class Ledger {
    /// The largest grant, in micro-units. Thousands of them fit a long, which the mint's balance is.
    public static final long MAX_GRANT_MICROS = 1_000_000_000_000_000L;

    public static final int MAX_GRANT_ID_CHARS = 128;
    public static final int MAX_QUOTA = 1_000_000;

    private Ledger() {}

    /// The owner a command is for: it must be the record's key, or the command is in the wrong partition.
    public static String ownerOf(LedgerCommand command) {
        return switch (command.getBody()) {
            case AdmitTask admit -> Accounts.tenant(admit.getTask().getTenant());
            case PassOn pass -> Accounts.tenant(pass.getOffer().getTask().getTenant());
            case SettleTask settle -> Accounts.tenant(settle.getTenant());
            case SlashNode slash -> Accounts.node(slash.getNodeId());
            case CreditAccount credit -> credit.getAccount();
            case GrantFunds grant -> grant.getAccount();
            case TenantQuota quota -> Accounts.tenant(quota.getTenant());
            default -> throw unknown(command);
        };
    }

    /// Where the hold of the task a command names is kept; null if it names none. No tenant and no task id has a
    /// slash.
    public static @Nullable String holdKey(LedgerCommand command) {
        return switch (command.getBody()) {
            case AdmitTask admit ->
                holdKey(admit.getTask().getTenant(), admit.getTask().getTaskId());
            case PassOn pass ->
                holdKey(
                        pass.getOffer().getTask().getTenant(),
                        pass.getOffer().getTask().getTaskId());
            case SettleTask settle -> holdKey(settle.getTenant(), settle.getTaskId());
            default -> null;
        };
    }

    public static String holdKey(String tenant, String taskId) {
        return tenant + "/" + taskId;
    }

    /// Where the grant a command names is kept; null if it names none.
    public static @Nullable String grantKey(LedgerCommand command) {
        return command.getBody() instanceof GrantFunds grant ? grantKey(grant.getAccount(), grant.getGrantId()) : null;
    }

    public static String grantKey(String account, String grantId) {
        return account + "/" + grantId;
    }

    /// What a command does.
    ///
    /// @param books what is known of its owner, task and grant
    /// @param defaultQuota tasks a tenant may have in flight if no quota was set
    /// @param atEpochMillis append time of the command
    public static Effects apply(LedgerCommand command, Books books, int defaultQuota, long atEpochMillis) {
        return switch (command.getBody()) {
            case AdmitTask admit -> Admission.admit(admit.getTask(), books, defaultQuota, atEpochMillis);
            case PassOn pass -> Admission.passOn(pass.getOffer(), books);
            case SettleTask settle -> Settlement.settle(settle, books, defaultQuota, atEpochMillis);
            case SlashNode slash -> Funds.slash(slash, books.owner(), atEpochMillis);
            case CreditAccount credit -> Funds.credit(credit, books.owner(), atEpochMillis);
            case GrantFunds grant -> Funds.grant(grant, books, atEpochMillis);
            case TenantQuota quota -> Funds.quota(quota, books.owner(), atEpochMillis);
            default -> throw unknown(command);
        };
    }

    private static IllegalStateException unknown(LedgerCommand command) {
        return new IllegalStateException(
                "a ledger command of unknown kind: " + command.getBody().getClass());
    }
}
