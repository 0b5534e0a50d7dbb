package org.ambientvcp.simulation.world;

import java.util.TreeMap;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// The latest status of every task, as a gateway shows it.
final class StatusBoard {
    private final World world;
    private final long[] read;
    private final TreeMap<String, TaskStatus> latest = new TreeMap<>();
    private int live;
    private long changedAt;

    StatusBoard(World world) {
        this.world = world;
        read = new long[world.broker.partitions(Topics.TASK_STATUS)];
        for (int number = 0; number < read.length; number++) {
            int partition = number;
            world.broker.partition(Topics.TASK_STATUS, number).listen(() -> read(partition));
        }
    }

    private void read(int number) {
        var partition = world.broker.partition(Topics.TASK_STATUS, number);
        for (var entry = partition.next(read[number]); entry != null; entry = partition.next(read[number])) {
            read[number] = entry.offset() + 1;
            if (!(entry.value() instanceof TaskStatus status) || entry.key() == null) continue;
            var before = latest.put(entry.key(), status);
            if (before == null || before.getState() != status.getState()) changedAt = world.time.now();
            if (before != null && !hasEnded(before.getState())) live--;
            if (!hasEnded(status.getState())) live++;
        }
    }

    static boolean hasEnded(TaskState state) {
        return switch (state) {
            case QUEUED, LEASED, VERIFYING -> false;
            case REJECTED, ACCEPTED, FAILED, CANCELLED -> true;
        };
    }

    @Nullable
    TaskStatus of(String tenant, String taskId) {
        return latest.get(Topics.taskStatusKey(tenant, taskId));
    }

    /// Tasks that have a status and have not ended.
    int live() {
        return live;
    }

    /// When a task's state changed last.
    long changedAt() {
        return changedAt;
    }
}
