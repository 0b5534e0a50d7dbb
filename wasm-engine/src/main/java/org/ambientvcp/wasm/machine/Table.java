package org.ambientvcp.wasm.machine;

import java.util.Arrays;

/// A table of references; -1 is null.
final class Table {
    private final long most;
    int[] elements;

    Table(int least, long most, int initial) {
        this.most = most;
        this.elements = new int[least];
        Arrays.fill(elements, initial);
    }

    int get(int index) {
        checkRange(index, 1);
        return elements[index];
    }

    void set(int index, int value) {
        checkRange(index, 1);
        elements[index] = value;
    }

    boolean canGrow(long count) {
        return elements.length + count <= most;
    }

    /// After [#canGrow].
    int grow(int count, int value) {
        var before = elements.length;
        elements = Arrays.copyOf(elements, before + count);
        Arrays.fill(elements, before, elements.length, value);
        return before;
    }

    /// Traps unless `count` elements from `index` on are there, both unsigned.
    void checkRange(int index, int count) {
        if (Integer.toUnsignedLong(index) + Integer.toUnsignedLong(count) > elements.length)
            throw Traps.trap(Traps.TABLE);
    }
}
