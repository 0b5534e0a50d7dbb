package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellNode;
import org.ambientvcp.events.CellSplit;
import org.ambientvcp.events.NodeArrival;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.NodeMove;
import org.ambientvcp.events.NodeUpdate;
import org.jspecify.annotations.Nullable;

/// How nodes leave for another cell, and come from one.
///
/// ```text
/// NodeMove ─▶ moving: no new leases ─▶ holds no lease of a live task ─▶ gone: NodeArrival to the new cell, NodeHome
///    │             │       ▲                       ▲
///    └─ to itself ─┘       └── deadline: leases are revoked
/// ```
///
/// The node goes when no live task needs it here any more, verdicts on its results included, so this cell is the only
/// one that leases to it and counts its reputation until then, and the new one from then on.
final class Moves {
    private final CellState state;
    private final TaskLife life;

    Moves(CellState state, TaskLife life) {
        this.state = state;
        this.life = life;
    }

    void move(NodeMove move) {
        var problem = problem(move.getToCell(), move.getDrainMillis());
        if (problem != null) {
            state.journal.refuse("out-of-range", problem);
            return;
        }
        var node = state.node(move.getNodeId());
        if (node == null) elsewhere(move);
        else if (move.getToCell() == state.cell) stay(node);
        else send(node, move.getToCell(), move.getDrainMillis(), move.getRequestedBy());
    }

    /// Every second of the live nodes, by id, so that both cells have their share of old and new, fast and slow ones.
    void split(CellSplit split) {
        var problem = problem(split.getToCell(), split.getDrainMillis());
        if (problem == null && split.getToCell() == state.cell) problem = "toCell is the cell itself: " + state.cell;
        if (problem != null) {
            state.journal.refuse("out-of-range", problem);
            return;
        }
        if (split.getSplitId().equals(state.lastSplitId)) {
            state.journal.ignore();
            return;
        }
        state.lastSplitId = split.getSplitId();
        var leaving = new ArrayList<LiveNode>();
        var second = false;
        for (var node : state.population.nodes()) {
            if (!node.isLive(state.now) || node.isMoving() || !isOf(split.getRegion(), node)) continue;
            if (second) leaving.add(node);
            second = !second;
        }
        for (var node : leaving) send(node, split.getToCell(), split.getDrainMillis(), split.getRequestedBy());
    }

    private static boolean isOf(@Nullable String region, LiveNode node) {
        return region == null || region.equals(node.update.getRegion());
    }

    private @Nullable String problem(int toCell, int drainMillis) {
        var cells = state.config.getCells();
        if (toCell < 0 || toCell >= cells) return "toCell is not 0–" + (cells - 1) + ": " + toCell;
        return drainMillis < 0 ? "drainMillis is negative: " + drainMillis : null;
    }

    /// The node is not here: the command follows it. Where it went it arrived before the command does.
    private void elsewhere(NodeMove move) {
        var home = state.departures.of(move.getNodeId());
        if (home == null)
            state.journal.refuse("unknown-node", "no node " + Figures.cut(move.getNodeId()) + " in this cell");
        else if (home.getCell() == move.getToCell()) state.journal.ignore();
        else state.journal.command(new ToOtherCell(home.getCell(), move.getNodeId(), new CellCommand(move)));
    }

    private void stay(LiveNode node) {
        if (!node.isMoving()) {
            state.journal.ignore();
            return;
        }
        node.stay();
        state.changed(node);
    }

    private void send(LiveNode node, int toCell, int drainMillis, String requestedBy) {
        if (node.movingTo == toCell) {
            state.journal.ignore();
            return;
        }
        node.movingTo = toCell;
        node.moveBy = drainMillis == 0 ? 0 : state.after(drainMillis);
        node.movedBy = Figures.cut(requestedBy);
        state.changed(node);
    }

    /// Nodes that hold nothing any more go.
    void leave() {
        for (var node : state.departures.free()) leave(node);
    }

    private void leave(LiveNode node) {
        var home = new NodeHome(node.id(), node.movingTo, state.cell, node.movedBy, state.now);
        var left = Math.clamp(node.leaseExpiresAt - state.now, 0, Integer.MAX_VALUE);
        node.stay();
        state.forget(node);
        state.departures.left(node, home);
        state.journal.home(home);
        state.journal.command(new ToOtherCell(
                home.getCell(),
                node.id(),
                new CellCommand(new NodeArrival(node.record(), state.cell, left, home.getRequestedBy()))));
    }

    /// The time given to the node's leases is over: their tasks are tried elsewhere, without blame.
    void revoke(LiveNode node) {
        node.moveBy = 0;
        var reason = "its node " + node.update.getName() + " moves to cell " + node.movingTo;
        for (var task : state.tasksOn(node.id())) life.requeue(task, reason);
        state.changed(node);
    }

    void arrive(NodeArrival arrival) {
        var stored = arrival.getNode();
        var problem = Cell.problem(stored.getNode());
        if (problem == null && arrival.getLeaseMillis() < 0)
            problem = "leaseMillis is negative: " + arrival.getLeaseMillis();
        if (problem != null) {
            state.journal.refuse("out-of-range", problem);
            return;
        }
        state.departures.cameBack(stored.getNode().getNodeId());
        var node = state.node(stored.getNode().getNodeId());
        if (node == null) {
            node = new LiveNode(fresh(stored));
        } else {
            node.remember(stored.getReputation());
            state.journal.reputation(node);
        }
        node.accept(stored.getNode(), state.after(arrival.getLeaseMillis()));
        state.changed(node);
    }

    /// As it is where it holds nothing yet.
    private static CellNode fresh(CellNode stored) {
        return CellNode.newBuilder(stored)
                .setBusySlots(0)
                .setProbing(false)
                .setMovingTo(-1)
                .setMoveByEpochMillis(0)
                .setMovedBy("")
                .build();
    }

    /// Whether an update is about a node that left.
    boolean hasLeft(NodeUpdate update) {
        return state.departures.of(update.getNodeId()) != null;
    }
}
