package org.ambientvcp.stark.merkle;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.hash.LaneHash;
import org.ambientvcp.stark.hash.Purpose;
import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.kernel.Workers;

/// Hashes the levels of a tree, [LaneHash#LANES] nodes at a time where a block has so many, and one by one above.
final class TreeBuilder {
    private static final int LANES = LaneHash.LANES;
    /// Nodes of a task: enough to make the handing out of tasks cheap.
    private static final int TASK = 1 << 10;

    private final TreeShape shape;
    private final LeafRows rows;
    private final Kernels kernels;
    private final Workers workers;

    TreeBuilder(TreeShape shape, LeafRows rows, Kernels kernels, Workers workers) {
        this.shape = shape;
        this.rows = rows;
        this.kernels = kernels;
        this.workers = workers;
    }

    /// From the lowest level to the root.
    List<Nodes> build() {
        var logRows = shape.logRows();
        var level = Level.of(logRows, shape.logBlowup());
        var levels = new ArrayList<Nodes>();
        levels.add(leaves(logRows, level));
        while (level.size() > 1) {
            logRows--;
            var parents = parents(levels.getLast(), level);
            level = level.parents();
            if (!rows.columns(logRows).isEmpty()) join(parents, leaves(logRows, level));
            levels.add(parents);
        }
        return levels;
    }

    private Nodes leaves(int logRows, Level level) {
        var leaves = Nodes.of(level.size());
        if (logRows == 0 || level.rows() < LANES) {
            for (var i = 0; i < level.size(); i++) leaves.set(i, rows.leaf(logRows, i));
            return leaves;
        }
        var batch = Math.min(LeafHash.ROWS, level.rows());
        var batches = Math.max(1, TASK / batch);
        var tasks = Math.ceilDiv(level.size(), batch * batches);
        workers.forEach(tasks, () -> new LeafHash(logRows, rows, kernels), (hash, task) -> {
            var start = task * batch * batches;
            var end = Math.min(level.size(), start + batch * batches);
            for (var first = start; first < end; first += batch) hash.hash(first, batch, leaves);
        });
        return leaves;
    }

    private Nodes parents(Nodes children, Level level) {
        var size = level.parents().size();
        var out = Nodes.of(size);
        if (level.rows() < 2 * LANES) {
            gatherParents(children, level, out);
            return out;
        }
        inGroups(size, (hash, first) -> {
            hash.begin(Purpose.NODE);
            hash.updateAll(children.words(), Nodes.group(level.left(first)), Digest.WORDS);
            hash.updateAll(children.words(), Nodes.group(level.right(first)), Digest.WORDS);
            out.setGroup(first, hash.digests());
        });
        return out;
    }

    /// Of small blocks, whose nodes are brought together first.
    private void gatherParents(Nodes children, Level level, Nodes out) {
        var hash = new LaneHash(kernels);
        var pairs = new int[2 * Nodes.GROUP_WORDS];
        for (var first = 0; first < out.size(); first += LANES) {
            for (var lane = 0; lane < Math.min(LANES, out.size() - first); lane++) {
                children.copyTo(level.left(first + lane), pairs, lane);
                children.copyTo(level.right(first + lane), pairs, Nodes.GROUP_WORDS + lane);
            }
            hash.begin(Purpose.NODE).updateAll(pairs, 0, 2 * Digest.WORDS);
            out.setGroup(first, hash.digests());
        }
    }

    private void join(Nodes nodes, Nodes leaves) {
        inGroups(nodes.size(), (hash, first) -> {
            hash.begin(Purpose.JOIN);
            hash.updateAll(nodes.words(), Nodes.group(first), Digest.WORDS);
            hash.updateAll(leaves.words(), Nodes.group(first), Digest.WORDS);
            nodes.setGroup(first, hash.digests());
        });
    }

    /// All nodes, [#LANES] at a time; the last may be fewer.
    private void inGroups(int size, Workers.Task<LaneHash> group) {
        workers.forEach(Math.ceilDiv(size, TASK), () -> new LaneHash(kernels), (hash, task) -> {
            var end = Math.min(size, (task + 1) * TASK);
            for (var first = task * TASK; first < end; first += LANES) group.run(hash, first);
        });
    }
}
