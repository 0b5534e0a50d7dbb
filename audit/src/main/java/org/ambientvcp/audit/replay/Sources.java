package org.ambientvcp.audit.replay;

import java.util.List;
import java.util.Map;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// Which topics are inputs of whom, and which are written by rules.
final class Sources {
    static final List<Topic<?>> INTAKE = List.of(Topics.TASKS, Topics.COMMITMENTS, Topics.RESULTS, Topics.VERDICTS);
    static final List<Topic<?>> TELEMETRY =
            List.of(Topics.NODES, Topics.TELEMETRY, Topics.REPUTATION, Topics.NODE_CELLS);
    /// Topics that rules write.
    static final List<Topic<?>> WRITTEN = List.of(
            Topics.CELL_COMMANDS,
            Topics.LEDGER_COMMANDS,
            Topics.ASSIGNMENTS,
            Topics.VERIFICATIONS,
            Topics.TASK_STATUS,
            Topics.REPUTATION,
            Topics.NODE_CELLS,
            Topics.CELL_SUMMARIES,
            Topics.LEDGER,
            Topics.BALANCES,
            Topics.NODE_HEALTH,
            Topics.ENERGY,
            Topics.DEAD_LETTERS);

    private static final Map<Topic<?>, String> APPLICATIONS = Map.of(
            Topics.CELL_COMMANDS, "vcp-cells",
            Topics.LEDGER_COMMANDS, "vcp-ledger",
            Topics.TASKS, "vcp-intake",
            Topics.COMMITMENTS, "vcp-intake",
            Topics.RESULTS, "vcp-intake",
            Topics.VERDICTS, "vcp-intake",
            Topics.NODES, "vcp-telemetry",
            Topics.TELEMETRY, "vcp-telemetry",
            Topics.REPUTATION, "vcp-telemetry",
            Topics.NODE_CELLS, "vcp-telemetry");

    private Sources() {}

    static boolean isSource(Topic<?> topic) {
        return APPLICATIONS.containsKey(topic);
    }

    /// Whether inputs may be read twice, and answered twice.
    static boolean atLeastOnce(Topic<?> source) {
        return INTAKE.contains(source);
    }

    /// Up to which offset the application of a source had answered its inputs; null = unknown.
    static @Nullable Long position(ExportedLogs logs, LogPartition source) {
        var application = APPLICATIONS.get(source.topic());
        return application == null ? null : logs.position(application, source);
    }
}
