package org.ambientvcp.telemetry.admission;

import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.schemas.signing.NodeId;
import org.jspecify.annotations.Nullable;

/// Whether a node's home can be believed: cells write them, but so may whoever has access to the topic.
public final class HomeCheck {
    private HomeCheck() {}

    /// @param key the record's key; null if it has none
    /// @param home null takes the node's home away
    /// @param cells number of cells
    /// @return null if it is as it should be
    public static @Nullable Refusal refusal(@Nullable String key, @Nullable NodeHome home, int cells) {
        if (key == null || !NodeId.isWellFormed(key)) return new Refusal("wrong-key", "the key is not a node id");
        if (home == null) return null;
        if (!home.getNodeId().equals(key))
            return new Refusal("wrong-key", "expected the node " + key + ", the record is about another one");
        return home.getCell() < 0 || home.getCell() >= cells
                ? new Refusal("unknown-cell", "cell is not 0–" + (cells - 1) + ": " + home.getCell())
                : null;
    }

    /// What the node says it is, in the cell where it is.
    ///
    /// @param home null: it was not moved
    public static @Nullable NodeRegistration placed(@Nullable NodeRegistration registration, @Nullable NodeHome home) {
        return registration == null || home == null
                ? registration
                : NodeRegistration.newBuilder(registration)
                        .setCell(home.getCell())
                        .build();
    }
}
