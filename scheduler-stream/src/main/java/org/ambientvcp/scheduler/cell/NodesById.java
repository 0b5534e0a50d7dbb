package org.ambientvcp.scheduler.cell;

import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Nodes in the order of their ids, with the number and the weight of those up to each: a weighted draw and the next
/// turn are found in O(log n), and so are they when some nodes are left out. Not thread-safe.
///
/// A weight-balanced tree [1] with parameters (3, 2): no random numbers, at most 2.41 · log2(n + 1) deep.
///
/// [1] Y. Hirai, K. Yamamoto: Balancing weight-balanced trees, Journal of Functional Programming 21 (3), 2011.
final class NodesById {
    private static final int DELTA = 3;
    private static final int GAMMA = 2;

    /// What is summed up over nodes.
    enum Measure {
        COUNT,
        WEIGHT
    }

    private static final class Tree {
        LiveNode node;
        int weight;
        long sum;
        int size;

        @Nullable
        Tree left;

        @Nullable
        Tree right;

        Tree(LiveNode node, int weight) {
            this.node = node;
            this.weight = weight;
            count();
        }

        void count() {
            size = size(left) + 1 + size(right);
            sum = sum(left) + weight + sum(right);
        }
    }

    private @Nullable Tree root;

    int size() {
        return size(root);
    }

    boolean isEmpty() {
        return root == null;
    }

    /// Adds a node, or gives it another weight.
    void put(LiveNode node, int weight) {
        root = put(root, node, weight);
    }

    /// Nothing happens if it is not in.
    void remove(LiveNode node) {
        root = remove(root, node.id());
    }

    /// All nodes, added up.
    long total(Measure measure) {
        return root == null ? 0 : total(measure, root);
    }

    /// The nodes up to an id, that one included, added up.
    long upTo(String id, Measure measure) {
        long sum = 0;
        for (var tree = root; tree != null; ) {
            int order = id.compareTo(tree.node.id());
            if (order < 0) {
                tree = tree.left;
                continue;
            }
            sum += upToRoot(measure, tree);
            if (order == 0) return sum;
            tree = tree.right;
        }
        return sum;
    }

    /// The first node up to which, that one included, the sum is above a mark, when others are left out.
    ///
    /// @param mark 0 to less than what all nodes but those left out add up to
    /// @param leftOut disjoint parts of these nodes
    LiveNode above(long mark, Measure measure, Collection<NodesById> leftOut) {
        LiveNode found = null;
        long before = 0;
        for (var tree = root; tree != null; ) {
            var sum = before + upToRoot(measure, tree);
            var counted = sum;
            for (var out : leftOut) counted -= out.upTo(tree.node.id(), measure);
            if (counted > mark) {
                found = tree.node;
                tree = tree.left;
            } else {
                before = sum;
                tree = tree.right;
            }
        }
        if (found == null) throw new IllegalStateException("no node is above " + mark);
        return found;
    }

    void forEach(Consumer<LiveNode> action) {
        forEach(root, action);
    }

    private static void forEach(@Nullable Tree tree, Consumer<LiveNode> action) {
        if (tree == null) return;
        forEach(tree.left, action);
        action.accept(tree.node);
        forEach(tree.right, action);
    }

    /// The longest way from the top; for tests.
    int depth() {
        return depth(root);
    }

    private static int depth(@Nullable Tree tree) {
        return tree == null ? 0 : 1 + Math.max(depth(tree.left), depth(tree.right));
    }

    private static Tree put(@Nullable Tree tree, LiveNode node, int weight) {
        if (tree == null) return new Tree(node, weight);
        int order = node.id().compareTo(tree.node.id());
        if (order == 0) {
            tree.node = node;
            tree.weight = weight;
            tree.count();
            return tree;
        }
        if (order < 0) tree.left = put(tree.left, node, weight);
        else tree.right = put(tree.right, node, weight);
        return balanced(tree);
    }

    private static @Nullable Tree remove(@Nullable Tree tree, String id) {
        if (tree == null) return null;
        int order = id.compareTo(tree.node.id());
        if (order < 0) tree.left = remove(tree.left, id);
        else if (order > 0) tree.right = remove(tree.right, id);
        else if (tree.left == null) return tree.right;
        else if (tree.right == null) return tree.left;
        else {
            var next = tree.right;
            while (next.left != null) next = next.left;
            tree.node = next.node;
            tree.weight = next.weight;
            tree.right = remove(tree.right, next.node.id());
        }
        return balanced(tree);
    }

    private static Tree balanced(Tree tree) {
        if (tree.right != null && isTooHeavy(tree.right, tree.left)) {
            if (!isSingle(tree.right.left, tree.right.right)) tree.right = rightwards(tree.right);
            return leftwards(tree);
        }
        if (tree.left != null && isTooHeavy(tree.left, tree.right)) {
            if (!isSingle(tree.left.right, tree.left.left)) tree.left = leftwards(tree.left);
            return rightwards(tree);
        }
        tree.count();
        return tree;
    }

    private static boolean isTooHeavy(Tree side, @Nullable Tree other) {
        return size(side) + 1 > DELTA * (size(other) + 1);
    }

    private static boolean isSingle(@Nullable Tree inner, @Nullable Tree outer) {
        return size(inner) + 1 < GAMMA * (size(outer) + 1);
    }

    private static Tree leftwards(Tree tree) {
        var top = tree.right;
        if (top == null) throw new IllegalStateException("nothing to rotate");
        tree.right = top.left;
        tree.count();
        top.left = tree;
        top.count();
        return top;
    }

    private static Tree rightwards(Tree tree) {
        var top = tree.left;
        if (top == null) throw new IllegalStateException("nothing to rotate");
        tree.left = top.right;
        tree.count();
        top.right = tree;
        top.count();
        return top;
    }

    private static int size(@Nullable Tree tree) {
        return tree == null ? 0 : tree.size;
    }

    private static long sum(@Nullable Tree tree) {
        return tree == null ? 0 : tree.sum;
    }

    private static long total(Measure measure, Tree tree) {
        return switch (measure) {
            case COUNT -> tree.size;
            case WEIGHT -> tree.sum;
        };
    }

    /// The tree's left side and its root.
    private static long upToRoot(Measure measure, Tree tree) {
        return switch (measure) {
            case COUNT -> size(tree.left) + 1L;
            case WEIGHT -> sum(tree.left) + tree.weight;
        };
    }
}
