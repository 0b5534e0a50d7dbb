package org.ambientvcp.wasm.code;

import java.util.Arrays;

/// A growing array of ints.
final class IntList {
    private int[] ints = new int[64];
    private int size;

    void add(int value) {
        if (size == ints.length) ints = Arrays.copyOf(ints, size * 2);
        ints[size++] = value;
    }

    int get(int index) {
        return ints[index];
    }

    void set(int index, int value) {
        ints[index] = value;
    }

    int size() {
        return size;
    }

    int[] toArray() {
        return Arrays.copyOf(ints, size);
    }
}
