package org.ambientvcp.wasm.machine;

import java.util.Arrays;

/// The instructions on tables, the bulk ones charged by their elements before they are done. Indices and lengths are
/// unsigned.
public final class TableOperations {
    private final Instance instance;
    private final boolean[] dropped;

    TableOperations(Instance instance) {
        this.instance = instance;
        this.dropped = new boolean[instance.module.elements().size()];
    }

    public int get(int index, int table) {
        return instance.tables[table].get(index);
    }

    public void set(int index, int value, int table) {
        instance.tables[table].set(index, value);
    }

    public int size(int table) {
        return instance.tables[table].elements.length;
    }

    /// @return elements before, -1 if the table may not become that large
    public int grow(int value, int delta, int table) {
        var grown = instance.tables[table];
        var count = Integer.toUnsignedLong(delta);
        if (!grown.canGrow(count)) return -1;
        if (delta == 0) return grown.elements.length;
        instance.charge(Gas.table(grown.elements.length + count));
        return grown.grow(delta, value);
    }

    public void fill(int index, int value, int length, int table) {
        instance.charge(Integer.toUnsignedLong(length));
        var filled = instance.tables[table];
        filled.checkRange(index, length);
        Arrays.fill(filled.elements, index, index + length, value);
    }

    public void copy(int destination, int source, int length, int to, int from) {
        instance.charge(Integer.toUnsignedLong(length));
        var target = instance.tables[to];
        var origin = instance.tables[from];
        target.checkRange(destination, length);
        origin.checkRange(source, length);
        System.arraycopy(origin.elements, source, target.elements, destination, length);
    }

    public void init(int destination, int source, int length, int segment, int table) {
        instance.charge(Integer.toUnsignedLong(length));
        write(destination, source, length, segment, table);
    }

    public void drop(int segment) {
        dropped[segment] = true;
    }

    void write(int destination, int source, int length, int segment, int table) {
        var values = instance.module.elements().get(segment).values();
        var available = dropped[segment] ? 0 : values.length;
        var target = instance.tables[table];
        target.checkRange(destination, length);
        if (Integer.toUnsignedLong(source) + Integer.toUnsignedLong(length) > available) throw Traps.trap(Traps.TABLE);
        for (var i = 0; i < length; i++)
            target.elements[destination + i] = (int) Segments.value(values[source + i], instance.globals);
    }
}
