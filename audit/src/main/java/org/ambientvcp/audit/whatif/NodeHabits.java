package org.ambientvcp.audit.whatif;

import org.jspecify.annotations.Nullable;

/// Sums over the runs of one node, or of many. One thread.
final class NodeHabits {
    private long completed;
    private long gas;
    private long wallMicros;
    private long millis;
    private long microjoules;
    private long leases;
    private long silent;
    private long answered;
    private long failed;
    private long judged;
    private long wrong;

    void add(ObservedRun run) {
        leases++;
        if (run.silent()) silent++;
        else answered++;
        if (run.failed()) failed++;
        if (run.silent() || run.failed() || run.gas() == 0) return;
        completed++;
        gas += run.gas();
        wallMicros += run.wallMicros();
        millis += run.millis();
        microjoules += run.microjoules();
    }

    /// A verifier ran the program again, or compared replicas.
    void judged(boolean refused) {
        judged++;
        if (refused) wrong++;
    }

    boolean isEmpty() {
        return completed == 0;
    }

    /// Gas of the mean run.
    long meanGas() {
        return completed == 0 ? 0 : gas / completed;
    }

    /// Time from lease to answer that a run of so much gas takes.
    long millis(long gasOfRun) {
        if (completed == 0) return 0;
        var aside = Math.max(0, millis - wallMicros / 1_000) / completed;
        return aside + share(wallMicros, gasOfRun) / 1_000;
    }

    long wallMicros(long gasOfRun) {
        return share(wallMicros, gasOfRun);
    }

    long microjoules(long gasOfRun) {
        return share(microjoules, gasOfRun);
    }

    /// Doubles are the same on every JVM.
    private long share(long total, long gasOfRun) {
        return gas == 0 ? 0 : Math.round((double) total / gas * gasOfRun);
    }

    int silentPpm() {
        return ppm(silent, leases);
    }

    int failedPpm() {
        return ppm(failed, answered);
    }

    int wrongPpm() {
        return ppm(wrong, judged);
    }

    private static int ppm(long part, long all) {
        return all == 0 ? 0 : (int) (part * 1_000_000 / all);
    }

    /// The first that has something to say.
    static NodeHabits of(@Nullable NodeHabits own, NodeHabits everybody) {
        return own == null || own.isEmpty() ? everybody : own;
    }
}
