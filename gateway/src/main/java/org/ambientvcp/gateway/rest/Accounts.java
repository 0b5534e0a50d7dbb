package org.ambientvcp.gateway.rest;

import org.ambientvcp.gateway.keys.Caller;
import org.ambientvcp.schemas.TaskCheck;
import org.ambientvcp.schemas.signing.NodeId;

/// Names of accounts and who may see them. Pure functions.
final class Accounts {
    private static final String TENANT = "tenant:";
    private static final String ESCROW = "escrow:";
    private static final String NODE = "node:";

    private Accounts() {}

    /// Whether it is tenant:T, escrow:T, node:N, treasury or mint.
    static boolean isAccount(String account) {
        return isGrantable(account)
                || account.equals("mint")
                || (account.startsWith(ESCROW) && TaskCheck.isTenant(account.substring(ESCROW.length())));
    }

    /// Whether an operator may put money into it: a tenant's, a node's, the treasury.
    static boolean isGrantable(String account) {
        return account.equals("treasury")
                || (account.startsWith(TENANT) && TaskCheck.isTenant(account.substring(TENANT.length())))
                || (account.startsWith(NODE) && NodeId.isWellFormed(account.substring(NODE.length())));
    }

    /// A tenant's accounts are its own business; those of nodes, the treasury and the mint are everybody's.
    static boolean mayBeSeenBy(Caller caller, String account) {
        if (account.startsWith(TENANT)) return caller.sees(account.substring(TENANT.length()));
        if (account.startsWith(ESCROW)) return caller.sees(account.substring(ESCROW.length()));
        return true;
    }
}
