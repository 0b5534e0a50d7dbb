package org.ambientvcp.simulation.checks;

import org.ambientvcp.events.Task;
import org.jspecify.annotations.Nullable;

/// What only the maker of a world knows.
public interface Oracle {
    /// Digest of the task's true result; null = unknown.
    @Nullable
    String trueDigest(Task task);

    /// Whether the node only ever signed the truth about its leases.
    boolean isTruthful(String nodeId);
}
