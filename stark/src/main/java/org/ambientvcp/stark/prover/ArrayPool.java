package org.ambientvcp.stark.prover;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/// Arrays that one proof needs, kept for the next: hundreds of megabytes that need not be allocated, cleared and
/// collected each time. Safe for all threads.
final class ArrayPool {
    private final Map<Integer, Deque<int[]>> free = new HashMap<>();
    private final Set<int[]> taken = Collections.newSetFromMap(new IdentityHashMap<>());

    /// An array with anything in it, for the proof that is being made.
    synchronized int[] take(int length) {
        var sameLength = free.get(length);
        var array = sameLength == null || sameLength.isEmpty() ? new int[length] : sameLength.pop();
        taken.add(array);
        return array;
    }

    int[][] take(int count, int length) {
        var arrays = new int[count][];
        for (var i = 0; i < count; i++) arrays[i] = take(length);
        return arrays;
    }

    /// Gives back an array before the proof ends. Nobody may use it any more.
    synchronized void giveBack(int[] array) {
        if (!taken.remove(array)) throw new IllegalArgumentException("array was not taken");
        keep(array);
    }

    void giveBack(int[][] arrays) {
        for (var array : arrays) giveBack(array);
    }

    /// The proof has ended: nobody may use its arrays any more.
    synchronized void giveBackAll() {
        taken.forEach(this::keep);
        taken.clear();
    }

    private void keep(int[] array) {
        free.computeIfAbsent(array.length, _ -> new ArrayDeque<>()).push(array);
    }
}
