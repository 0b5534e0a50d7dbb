package org.ambientvcp.simulation.world;

import org.ambientvcp.simulation.Chance;

/// What kind of world a seed is.
///
/// @param crowded many tasks for few nodes, from all tenants at the same moments
/// @param cells cells, 1–3
/// @param partitions of everything that is not partitioned by cell, 1–3
/// @param nodes nodes, 2–12
/// @param cheatPercent share of nodes that do not behave
/// @param verifiers trusted verifiers, 1–3
/// @param tenants tenants, 2–4
/// @param tasks tasks that are submitted, about
/// @param stormMillis how long the weather is bad
/// @param faultMillis mean time between two faults
/// @param longestRunMillis largest wall limit of a task
/// @param quorumPercent share of tasks at level QUORUM
/// @param deadlineOneIn one task in so many has a deadline
/// @param duplicateOneIn one record of a node in so many arrives twice
/// @param slowVerdictOneIn one verdict in so many comes after its lock
/// @param deliveries after so many a job is dropped
/// @param defaultQuota tasks a tenant may have in flight
/// @param funds a tenant's first money
/// @param maxQueued length of a cell's queue
public record Profile(
        boolean crowded,
        int cells,
        int partitions,
        int nodes,
        int cheatPercent,
        int verifiers,
        int tenants,
        int tasks,
        long stormMillis,
        int faultMillis,
        int longestRunMillis,
        int quorumPercent,
        int deadlineOneIn,
        int duplicateOneIn,
        int slowVerdictOneIn,
        int deliveries,
        int defaultQuota,
        long funds,
        int maxQueued) {

    static Profile of(Chance chance) {
        var crowded = chance.oneIn(3);
        return new Profile(
                crowded,
                crowded ? 1 : 1 + chance.below(3),
                1 + chance.below(3),
                crowded ? 2 + chance.below(4) : 4 + chance.below(9),
                chance.oneIn(4) ? 0 : 10 + chance.below(50),
                1 + chance.below(3),
                2 + chance.below(3),
                crowded ? 60 + chance.below(70) : 20 + chance.below(60),
                crowded ? chance.between(8_000, 25_000) : chance.between(15_000, 70_000),
                chance.oneIn(5) ? 20_000 : 400 + chance.below(4_000),
                chance.oneIn(3) ? 300 : 3_000,
                chance.oneIn(3) ? 60 : 20,
                chance.oneIn(2) ? 6 : 40,
                chance.oneIn(2) ? 5 : 40,
                chance.oneIn(2) ? 4 : 30,
                chance.oneIn(3) ? 2 : 10,
                chance.oneIn(4) ? 5 : 100,
                chance.oneIn(4) ? 20_000 : 100_000_000L,
                chance.oneIn(4) ? 6 : 1_000);
    }
}
