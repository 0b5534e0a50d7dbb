package org.ambientvcp.scheduler.cell;

import java.util.List;
import org.ambientvcp.events.NodeType;
import org.jspecify.annotations.Nullable;

/// What a task asks of nodes. Tasks with equal requirements have the same candidates at any time, but for the nodes
/// that
/// failed one of them before.
///
/// @param region null = any
/// @param nodeType null = any
/// @param capabilities sorted, distinct
/// @param minimumHealthPpm 0–1,000,000
/// @param replicas nodes of distinct owners needed at once, ≥ 1
record Requirement(
        @Nullable String region,
        @Nullable NodeType nodeType,
        List<String> capabilities,
        int minimumHealthPpm,
        int replicas) {

    static Requirement of(LiveTask task) {
        var asked = task.task.getRequirements();
        return new Requirement(
                asked.getRegion(),
                asked.getNodeType(),
                asked.getCapabilities().stream().sorted().distinct().toList(),
                asked.getMinimumHealthPpm(),
                task.replicas());
    }
}
