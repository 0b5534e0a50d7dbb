package org.ambientvcp.stark.merkle;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.stark.hash.Blake2s;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.hash.LaneHash;
import org.ambientvcp.stark.hash.Purpose;
import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.kernel.Workers;

/// Hashes the levels of a tree, many nodes at a time where a block has so many, and one by one above.
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

    private final class Scratch {
        final LaneHash hash = new LaneHash(kernels);
        final LaneHash saltHash = new LaneHash(kernels);
        final int[] leaves = new int[Digest.WORDS * LANES];
    }

    /// From the lowest level to the root.
    List<int[]> build() {
        var logRows = shape.logRows();
        var level = Level.of(logRows, shape.logBlowup());
        var levels = new ArrayList<int[]>();
        levels.add(leaves(logRows, level));
        while (level.size() > 1) {
            logRows--;
            levels.add(parents(levels.getLast(), level, logRows));
            level = level.parents();
        }
        return levels;
    }

    private int[] leaves(int logRows, Level level) {
        var size = level.size();
        var out = new int[Digest.WORDS * size];
        if (level.rows() < LANES || logRows == 0) {
            for (var i = 0; i < size; i++) put(rows.leaf(logRows, i), out, size, i);
            return out;
        }
        inTasks(size, (scratch, first) -> {
            var leaves = rows.leaves(logRows, first, scratch.hash, scratch.saltHash, kernels);
            put(leaves, out, size, first);
        });
        return out;
    }

    private int[] parents(int[] children, Level level, int logRows) {
        var parents = level.parents();
        var size = parents.size();
        var out = new int[Digest.WORDS * size];
        var joins = rows.has(logRows);
        if (level.rows() < 2 * LANES) {
            for (var i = 0; i < size; i++) put(parent(children, level, i, logRows, joins), out, size, i);
            return out;
        }
        inTasks(size, (scratch, first) -> {
            var hash = scratch.hash.begin(Purpose.NODE);
            updateAll(hash, children, level.size(), level.left(first));
            updateAll(hash, children, level.size(), level.right(first));
            put(hash.digests(), out, size, first);
            if (!joins) return;
            var leaves = rows.leaves(logRows, first, hash, scratch.saltHash, kernels);
            System.arraycopy(leaves, 0, scratch.leaves, 0, leaves.length);
            hash.begin(Purpose.JOIN);
            updateAll(hash, out, size, first);
            updateAll(hash, scratch.leaves, LANES, 0);
            put(hash.digests(), out, size, first);
        });
        return out;
    }

    private interface Lanes {
        void hash(Scratch scratch, int first);
    }

    /// All nodes in steps of [#LANES]; `size` is a multiple of that.
    private void inTasks(int size, Lanes lanes) {
        workers.forEach(Math.ceilDiv(size, TASK), Scratch::new, (scratch, task) -> {
            var end = Math.min(size, (task + 1) * TASK);
            for (var first = task * TASK; first < end; first += LANES) lanes.hash(scratch, first);
        });
    }

    private static void updateAll(LaneHash hash, int[] nodes, int size, int first) {
        for (var w = 0; w < Digest.WORDS; w++) hash.update(nodes, w * size + first, LANES);
    }

    private static void put(int[] digests, int[] out, int size, int first) {
        for (var w = 0; w < Digest.WORDS; w++) System.arraycopy(digests, w * LANES, out, w * size + first, LANES);
    }

    private static void put(Digest digest, int[] out, int size, int node) {
        for (var w = 0; w < Digest.WORDS; w++) out[w * size + node] = digest.word(w);
    }

    private Digest parent(int[] children, Level level, int node, int logRows, boolean joins) {
        var hash = Blake2s.of(Purpose.NODE);
        for (var child : new int[] {level.left(node), level.right(node)})
            for (var w = 0; w < Digest.WORDS; w++) hash.update(children[w * level.size() + child]);
        var digest = hash.digest();
        if (!joins) return digest;
        return Blake2s.of(Purpose.JOIN)
                .update(digest)
                .update(rows.leaf(logRows, node))
                .digest();
    }
}
