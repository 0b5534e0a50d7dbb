package org.ambientvcp.scheduler.cell;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.FinishedTask;
import org.jspecify.annotations.Nullable;

/// Tasks that have ended, kept for a while to know a repeated offer by.
final class Remembered {
    /// One command forgets no more than this, so that none of them is slow.
    static final int MOST_FORGOTTEN = 64;

    private static final Comparator<FinishedTask> ORDER =
            Comparator.comparingLong(FinishedTask::getFinishedOffset).thenComparing(FinishedTask::getTaskId);

    private final Map<String, FinishedTask> tasks = new HashMap<>();
    private final TreeSet<FinishedTask> oldestFirst = new TreeSet<>(ORDER);
    private final Journal journal;

    Remembered(Journal journal) {
        this.journal = journal;
    }

    void restore(FinishedTask stored) {
        tasks.put(stored.getTaskId(), stored);
        oldestFirst.add(stored);
    }

    @Nullable
    FinishedTask get(String taskId) {
        return tasks.get(taskId);
    }

    void add(FinishedTask finished) {
        restore(finished);
        journal.store(StoreChange.Store.FINISHED, finished.getTaskId(), finished);
    }

    /// Forgets one task.
    void forget(FinishedTask finished) {
        tasks.remove(finished.getTaskId());
        oldestFirst.remove(finished);
        journal.store(StoreChange.Store.FINISHED, finished.getTaskId(), null);
    }

    /// Forgets the oldest, as far as they are too old or too many.
    void forget(CellConfig config, long now) {
        for (int forgotten = 0; forgotten < MOST_FORGOTTEN && !oldestFirst.isEmpty(); forgotten++) {
            var oldest = oldestFirst.getFirst();
            if (now - oldest.getFinishedAtEpochMillis() < config.getRememberMillis()
                    && oldestFirst.size() <= config.getMaxRemembered()) return;
            oldestFirst.removeFirst();
            tasks.remove(oldest.getTaskId());
            journal.store(StoreChange.Store.FINISHED, oldest.getTaskId(), null);
        }
    }
}
