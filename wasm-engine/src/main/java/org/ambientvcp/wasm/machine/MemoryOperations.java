package org.ambientvcp.wasm.machine;

import java.util.Arrays;

/// The bulk instructions on memory, charged by their bytes before they are done. Addresses and lengths are unsigned.
public final class MemoryOperations {
    private final Instance instance;
    private final int mostPages;
    private final boolean[] dropped;

    MemoryOperations(Instance instance, int mostPages) {
        this.instance = instance;
        this.mostPages = mostPages;
        this.dropped = new boolean[instance.module.data().size()];
    }

    /// Adds pages, if the memory may become that large.
    ///
    /// @return pages before, -1 if it may not
    public int grow(int delta) {
        var before = instance.pages();
        if (Integer.toUnsignedLong(delta) > mostPages - before) return -1;
        if (delta == 0) return before;
        instance.charge(Gas.memory(before + delta));
        instance.memory = Arrays.copyOf(instance.memory, (before + delta) * Instance.PAGE_BYTES);
        return before;
    }

    public void fill(int address, int value, int length) {
        charge(length);
        check(address, length);
        Arrays.fill(instance.memory, address, address + length, (byte) value);
    }

    public void copy(int destination, int source, int length) {
        charge(length);
        check(destination, length);
        check(source, length);
        System.arraycopy(instance.memory, source, instance.memory, destination, length);
    }

    public void init(int destination, int source, int length, int segment) {
        charge(length);
        write(destination, source, length, segment);
    }

    public void drop(int segment) {
        dropped[segment] = true;
    }

    void write(int destination, int source, int length, int segment) {
        var bytes = instance.module.data().get(segment).bytes();
        var available = dropped[segment] ? 0 : bytes.length;
        check(destination, length);
        if (Integer.toUnsignedLong(source) + Integer.toUnsignedLong(length) > available) throw Traps.memory();
        if (length != 0) System.arraycopy(bytes, source, instance.memory, destination, length);
    }

    private void charge(int length) {
        instance.charge(Gas.bytes(Integer.toUnsignedLong(length)));
    }

    private void check(int address, int length) {
        if (Integer.toUnsignedLong(address) + Integer.toUnsignedLong(length) > instance.memory.length)
            throw Traps.memory();
    }
}
