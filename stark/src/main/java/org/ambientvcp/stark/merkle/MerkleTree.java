package org.ambientvcp.stark.merkle;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.hash.KeyedStream;
import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.kernel.Workers;
import org.jspecify.annotations.Nullable;

/// The prover's side of a commitment: see [TreeShape] for what is hashed. Keeps all nodes, and the columns where they
/// are; these must not change as long as rows are to be opened.
///
/// Immutable; safe for all threads.
public final class MerkleTree {
    private final TreeShape shape;
    private final LeafRows rows;
    /// From the lowest level.
    private final List<Nodes> nodes;

    private MerkleTree(TreeShape shape, LeafRows rows, List<Nodes> nodes) {
        this.shape = shape;
        this.rows = rows;
        this.nodes = nodes;
    }

    /// @param salts a stream that was used for nothing else, or null for leaves without salts
    public static MerkleTree commit(
            List<Matrix> matrices, int logBlowup, @Nullable KeyedStream salts, Kernels kernels, Workers workers) {
        var shape = new TreeShape(matrices.stream().map(Matrix::shape).toList(), logBlowup, salts != null);
        var rows = new LeafRows(matrices, salts);
        var builder = new TreeBuilder(shape, rows, kernels, workers);
        return new MerkleTree(shape, rows, builder.build());
    }

    public TreeShape shape() {
        return shape;
    }

    public Digest root() {
        return nodes.getLast().get(0);
    }

    /// @param positions rows of the tallest matrices, in any order and as often as one likes
    public MultiOpening open(int... positions) {
        var values = new IntList();
        var salts = new IntList();
        for (int logRows : shape.heights()) {
            for (int position : distinct(logRows, positions)) {
                values.addAll(rows.values(logRows, position));
                salts.addAll(rows.salt(logRows, position));
            }
        }
        var path = new IntList();
        var level = Level.of(shape.logRows(), shape.logBlowup());
        var known = distinct(shape.logRows(), positions);
        for (var i = 0; level.size() > 1; i++) {
            var parents = new TreeSet<Integer>();
            for (int node : known) parents.add(level.parent(node));
            for (int parent : parents) {
                for (var child : new int[] {level.left(parent), level.right(parent)}) {
                    if (known.contains(child)) continue;
                    var digest = new int[Digest.WORDS];
                    nodes.get(i).get(child).copyTo(digest, 0);
                    path.addAll(digest);
                }
            }
            known = parents;
            level = level.parents();
        }
        return new MultiOpening(values.toArray(), salts.toArray(), path.toArray());
    }

    private Set<Integer> distinct(int logRows, int[] positions) {
        var distinct = new TreeSet<Integer>();
        for (var position : positions) distinct.add(shape.position(logRows, position));
        return distinct;
    }

    private static final class IntList {
        private int[] values = new int[1024];
        private int size;

        void addAll(int[] more) {
            if (size + more.length > values.length)
                values = Arrays.copyOf(values, Math.max(2 * values.length, size + more.length));
            System.arraycopy(more, 0, values, size, more.length);
            size += more.length;
        }

        int[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
