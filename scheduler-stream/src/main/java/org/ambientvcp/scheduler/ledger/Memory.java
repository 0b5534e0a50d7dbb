package org.ambientvcp.scheduler.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// What is done and only remembered to know a repetition by, in the order in which it may be forgotten: after a
/// time, or earlier if there is too much of it. An index that can be rebuilt from the store at any moment. One thread.
public final class Memory {
    /// Longer than any retry of a client and any outage that redelivers.
    public static final long REMEMBER_MILLIS = 24 * 60 * 60 * 1000L;

    /// How much of a kind is forgotten with one command, at most: more than one command can add.
    public static final int FORGET_AT_ONCE = 8;

    private record Remembered(long atEpochMillis, String key) {}

    private final TreeSet<Remembered> oldestFirst =
            new TreeSet<>(Comparator.comparingLong(Remembered::atEpochMillis).thenComparing(Remembered::key));
    private final int most;

    /// @param most things remembered at once, ≥ 1
    public Memory(int most) {
        if (most < 1) throw new IllegalArgumentException("most is not positive: " + most);
        this.most = most;
    }

    public void remember(String key, long atEpochMillis) {
        oldestFirst.add(new Remembered(atEpochMillis, key));
    }

    /// The thing goes on: it is not to be forgotten.
    ///
    /// @param atEpochMillis with which it was remembered
    public void recall(String key, long atEpochMillis) {
        oldestFirst.remove(new Remembered(atEpochMillis, key));
    }

    /// Keys that are to be forgotten now, oldest first; they are not in this index any more.
    ///
    /// @param nowEpochMillis log time
    /// @param limit how many at most, so that no command takes long
    public List<String> forget(long nowEpochMillis, int limit) {
        var forgotten = new ArrayList<String>();
        while (forgotten.size() < limit && !oldestFirst.isEmpty()) {
            var oldest = oldestFirst.getFirst();
            if (oldestFirst.size() <= most && nowEpochMillis - oldest.atEpochMillis() < REMEMBER_MILLIS) break;
            oldestFirst.removeFirst();
            forgotten.add(oldest.key());
        }
        return forgotten;
    }

    public int size() {
        return oldestFirst.size();
    }
}
