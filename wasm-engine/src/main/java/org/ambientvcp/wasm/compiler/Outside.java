package org.ambientvcp.wasm.compiler;

import java.lang.constant.ClassDesc;
import java.util.Arrays;
import org.ambientvcp.wasm.machine.Instance;

/// What compiled code calls: instructions of the instance, with the operands in the order in which code has them at
/// hand, and the instance behind them.
final class Outside {
    static final ClassDesc TYPE = Types.of(Outside.class);

    private Outside() {}

    /// Gas that is left, or that of the next slice if there is less than none.
    static long gas(long left, long path, Instance instance) {
        return left >= 0 ? left : nextSlice(left, path, instance);
    }

    private static long nextSlice(long left, long path, Instance instance) {
        instance.path = path;
        return instance.check(left);
    }

    static int indirect(int index, Instance instance, int table, int type) {
        return instance.indirect(table, index, type);
    }

    /// The instance's stack, with so many values at [Instance#free].
    static long[] stack(Instance instance, int count) {
        var needed = instance.free + count;
        var stack = instance.stack;
        if (needed <= stack.length) return stack;
        instance.stack = Arrays.copyOf(stack, Math.max(needed, stack.length * 2));
        return instance.stack;
    }

    static int memoryGrow(int delta, Instance instance) {
        return instance.memoryOperations().grow(delta);
    }

    static void memoryFill(int address, int value, int length, Instance instance) {
        instance.memoryOperations().fill(address, value, length);
    }

    static void memoryCopy(int destination, int source, int length, Instance instance) {
        instance.memoryOperations().copy(destination, source, length);
    }

    static void memoryInit(int destination, int source, int length, Instance instance, int segment) {
        instance.memoryOperations().init(destination, source, length, segment);
    }

    static void dataDrop(Instance instance, int segment) {
        instance.memoryOperations().drop(segment);
    }

    static int tableGet(int index, Instance instance, int table) {
        return instance.tableOperations().get(index, table);
    }

    static void tableSet(int index, int value, Instance instance, int table) {
        instance.tableOperations().set(index, value, table);
    }

    static int tableSize(Instance instance, int table) {
        return instance.tableOperations().size(table);
    }

    static int tableGrow(int value, int delta, Instance instance, int table) {
        return instance.tableOperations().grow(value, delta, table);
    }

    static void tableFill(int index, int value, int length, Instance instance, int table) {
        instance.tableOperations().fill(index, value, length, table);
    }

    static void tableCopy(int destination, int source, int length, Instance instance, int to, int from) {
        instance.tableOperations().copy(destination, source, length, to, from);
    }

    static void tableInit(int destination, int source, int length, Instance instance, int segment, int table) {
        instance.tableOperations().init(destination, source, length, segment, table);
    }

    static void elementsDrop(Instance instance, int segment) {
        instance.tableOperations().drop(segment);
    }
}
