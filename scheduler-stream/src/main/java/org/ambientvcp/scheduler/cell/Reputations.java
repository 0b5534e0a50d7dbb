package org.ambientvcp.scheduler.cell;

/// Counts what became of the nodes' work. The cell is the only writer of its nodes' reputation.
final class Reputations {
    private final CellState state;

    Reputations(CellState state) {
        this.state = state;
    }

    /// A verifier accepted the node's evidence.
    void accepted(String nodeId) {
        var node = state.node(nodeId);
        if (node == null) return;
        node.accepted++;
        node.consecutiveAccepted++;
        changed(node);
    }

    /// The node did not give what it owed.
    void failed(String nodeId) {
        var node = state.node(nodeId);
        if (node == null) return;
        node.failed++;
        node.consecutiveAccepted = 0;
        changed(node);
    }

    /// A verifier refused the node's evidence: a failure and a dispute.
    void disputed(String nodeId) {
        var node = state.node(nodeId);
        if (node == null) return;
        node.disputes++;
        failed(nodeId);
    }

    private void changed(LiveNode node) {
        state.journal.reputation(node);
        state.journal.changed(node);
    }
}
