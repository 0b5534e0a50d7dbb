package org.ambientvcp.simulation.checks;

/// What must be true of every history. docs/simulation.md has them in words.
public enum Law {
    /// Equal logs give equal effects: what was written is what the rules say, once each.
    EFFECTS_FOLLOW_FROM_LOG,
    /// A cell or ledger rebuilt from its stores behaves as the one that ran, byte for byte.
    REBUILT_IS_RUNNING,
    LEASE_EPOCHS_GROW,
    /// No work to a node whose lease has ended, whose breaker is open, or that is probed already.
    WORK_TO_AVAILABLE_NODES,
    /// A node's kind is what the task asks for, and replicas are with distinct owners.
    WORK_TO_FITTING_NODES,
    SLOTS_NOT_OVERBOOKED,
    /// Only results, promises and verdicts of a lease that holds are taken.
    NO_STALE_LEASE,
    /// The status seen last is the stored one.
    STATUS_IS_STORED,
    /// A task in a cell is live or settled, and settled once.
    SETTLED_ONCE,
    /// A settlement pays the reward to those whose results were accepted, or nobody.
    PAID_RIGHTLY,
    /// No lower priority is served while a higher one waits that could use the node.
    PRIORITY,
    /// While a tenant waits with a task the node could run, nobody of its priority has more than two turns.
    FAIRNESS,
    /// Entries of a transfer, and so of all accounts, sum to zero.
    SUM_IS_ZERO,
    /// No account is below its floor.
    FLOOR,
    /// What is held is what live holds say; a tenant's tasks in flight as well.
    HELD,
    /// Nobody is paid twice and no hold is taken twice.
    TRANSFERS_UNIQUE,
    /// Every task ends, or waits for a reason that is true.
    NOTHING_LOST,
    /// A task ends once, and nothing follows.
    ENDS_ONCE,
    /// An accepted result is true where the level promises it.
    TRUTH,
    /// Whose evidence was refused loses stake.
    CHEATS_SLASHED,
    /// Whoever only ever signed the truth is never refused.
    HONEST_UNHARMED,
    /// Once all have ended, nothing is held, busy or under way.
    CLEAN_END,
    /// When faults stop, work goes on.
    PROGRESS
}
