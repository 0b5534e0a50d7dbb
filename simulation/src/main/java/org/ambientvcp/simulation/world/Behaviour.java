package org.ambientvcp.simulation.world;

/// What a node does with its leases while the weather is bad.
enum Behaviour {
    HONEST(true),
    /// Answers, but after the lease has ended.
    LATE(true),
    /// Sends old results again.
    REPLAYER(true),
    /// Sends evidence in other nodes' names.
    FORGER(true),
    /// Often cannot run what it is given.
    FAILING(true),
    /// Often says nothing.
    SILENT(true),
    /// Makes results up, each its own.
    LIAR(false),
    /// Makes results up, the same as all others of its kind.
    COLLUDER(false),
    /// Answers 0 without running anything.
    LAZY(false),
    /// Copies commitments, and results once it can see them.
    COPYCAT(false),
    /// Signs two results for one lease.
    EQUIVOCATOR(false);

    /// Whether it signs nothing but the truth about its own leases.
    final boolean truthful;

    Behaviour(boolean truthful) {
        this.truthful = truthful;
    }
}
