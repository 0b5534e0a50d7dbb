package org.ambientvcp.scheduler.ledger;

import org.ambientvcp.events.GrantedFunds;
import org.ambientvcp.events.HeldReward;
import org.ambientvcp.events.OwnerState;
import org.jspecify.annotations.Nullable;

/// Everything the ledger knows that a command can depend on.
///
/// @param owner the owner the command is for; see [#newOwner] if there was none
/// @param hold what is kept of the task the command names; null if nothing or if it names none
/// @param grant what is kept of the grant the command names; null if nothing or if it names none
public record Books(
        OwnerState owner,
        @Nullable HeldReward hold,
        @Nullable GrantedFunds grant) {
    /// Stored where no quota was set for a tenant.
    static final int NO_QUOTA = -1;

    /// The quota in force.
    static int quota(OwnerState owner, int defaultQuota) {
        return owner.getMaxTasksInFlight() == NO_QUOTA ? defaultQuota : owner.getMaxTasksInFlight();
    }

    /// An owner nobody has heard of has nothing.
    public static OwnerState newOwner(String owner) {
        return new OwnerState(owner, 0L, 0L, 0, NO_QUOTA);
    }
}
