package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.Strategy;

/// The settings a cell has until its log holds others, and what settings must be.
public final class CellSettings {
    /// In force before the first `CellConfig` in the log.
    public static final CellConfig DEFAULT = CellConfig.newBuilder()
            .setDefaultStrategy(Strategy.WEIGHTED)
            .setMaxQueuedTasks(100_000)
            .setLeaseGraceMillis(5_000)
            .setVerificationTimeoutMillis(30_000)
            .setRetryBackoffMillis(500)
            .setRetryBackoffMaxMillis(30_000)
            .setRememberMillis(3_600_000)
            .setMaxRemembered(100_000)
            .setSlashPercent(50)
            .setMaxExtraReplicas(2)
            .setCells(1)
            .setForgetNodesMillis(3_600_000)
            .setMaxVerificationJobs(10)
            .build();

    private CellSettings() {}

    /// Everything that is wrong with settings; empty = fine.
    public static List<String> problems(CellConfig config) {
        var problems = new ArrayList<String>();
        range(problems, "maxQueuedTasks", config.getMaxQueuedTasks(), 0, 10_000_000);
        range(problems, "leaseGraceMillis", config.getLeaseGraceMillis(), 0, 3_600_000);
        range(problems, "verificationTimeoutMillis", config.getVerificationTimeoutMillis(), 1, 86_400_000);
        range(problems, "retryBackoffMillis", config.getRetryBackoffMillis(), 0, 3_600_000);
        range(problems, "retryBackoffMaxMillis", config.getRetryBackoffMaxMillis(), 0, 86_400_000);
        range(problems, "rememberMillis", config.getRememberMillis(), 0, 31_536_000_000L);
        range(problems, "maxRemembered", config.getMaxRemembered(), 0, 10_000_000);
        range(problems, "slashPercent", config.getSlashPercent(), 0, 100);
        range(problems, "maxExtraReplicas", config.getMaxExtraReplicas(), 0, 15);
        range(problems, "cells", config.getCells(), 1, 100_000);
        range(problems, "forgetNodesMillis", config.getForgetNodesMillis(), 0, 31_536_000_000L);
        range(problems, "maxVerificationJobs", config.getMaxVerificationJobs(), 1, 1_000);
        return problems;
    }

    private static void range(List<String> problems, String field, long value, long least, long most) {
        if (value < least || value > most) problems.add(field + " is not " + least + "–" + most + ": " + value);
    }
}
