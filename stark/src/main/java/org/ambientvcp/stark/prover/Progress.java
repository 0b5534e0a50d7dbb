package org.ambientvcp.stark.prover;

/// Hears where a proof is. Called by the thread that proves; should return at once.
public interface Progress {
    /// Tells nobody.
    Progress SILENT = phase -> {};

    /// A phase begins, and the one before has ended.
    void begins(Phase phase);
}
