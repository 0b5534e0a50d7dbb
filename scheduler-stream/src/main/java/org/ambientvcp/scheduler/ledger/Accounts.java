package org.ambientvcp.scheduler.ledger;

import org.ambientvcp.schemas.TaskCheck;
import org.ambientvcp.schemas.signing.NodeId;
import org.jspecify.annotations.Nullable;

/// Names of accounts and who owns them. All accounts of one owner are in one partition: the owner is the key of
/// the ledger's commands.
public final class Accounts {
    /// Where slashed money goes.
    public static final String TREASURY = "treasury";
    /// Where money comes from; its balance is what was ever granted, below zero.
    public static final String MINT = "mint";

    private static final String TENANT = "tenant:";
    private static final String ESCROW = "escrow:";
    private static final String NODE = "node:";

    private Accounts() {}

    /// What a tenant may spend. Also the tenant's name as an owner.
    public static String tenant(String tenant) {
        return TENANT + tenant;
    }

    /// What is held for a tenant's tasks in flight.
    public static String escrow(String tenant) {
        return ESCROW + tenant;
    }

    /// What a node has earned and can lose. Also the node's name as an owner.
    public static String node(String nodeId) {
        return NODE + nodeId;
    }

    /// Whether money can be granted to this account by an operator.
    static boolean canBeGranted(String account) {
        return isTenant(account) || isNode(account) || account.equals(TREASURY);
    }

    /// Whether the other side of a transfer can reach this account from another partition.
    static boolean canBeCredited(String account) {
        return isNode(account) || account.equals(TREASURY) || account.equals(MINT);
    }

    /// The tenant who owns this account; null if it is no tenant's.
    static @Nullable String tenantOf(String owner) {
        return isTenant(owner) ? owner.substring(TENANT.length()) : null;
    }

    private static boolean isTenant(String account) {
        return account.startsWith(TENANT) && TaskCheck.isTenant(account.substring(TENANT.length()));
    }

    private static boolean isNode(String account) {
        return account.startsWith(NODE) && NodeId.isWellFormed(account.substring(NODE.length()));
    }
}
