package org.ambientvcp.stark.merkle;

/// The nodes of one level of a tree: blocks of a power of two of nodes, in which the two that are half a block apart
/// have the same parent. In coset-natural order, a block is a coset; so the children of x² are x and -x, and a matrix
/// of
/// half the height joins the tree at the node it is opened together with. When a coset is a single node, the cosets are
/// paired in the same way.
record Level(int blocks, int rows) {
    static Level of(int logRows, int logBlowup) {
        return logRows == 0 ? new Level(1, 1 << logBlowup) : new Level(1 << logBlowup, 1 << logRows);
    }

    int size() {
        return blocks * rows;
    }

    /// The level of half the size. This one has two nodes or more.
    Level parents() {
        return rows == 2 ? new Level(1, blocks) : new Level(blocks, rows / 2);
    }

    int parent(int node) {
        return node / rows * (rows / 2) + node % (rows / 2);
    }

    /// The first child, on this level, of a node of the level of [#parents].
    int left(int parent) {
        return parent / (rows / 2) * rows + parent % (rows / 2);
    }

    int right(int parent) {
        return left(parent) + rows / 2;
    }
}
