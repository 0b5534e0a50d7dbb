package org.ambientvcp.worker;

import java.nio.charset.StandardCharsets;
import org.ambientvcp.events.Assignment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Whether a record is for a node, and whether the node can use it. Pure functions.
final class AssignmentCheck {
    private AssignmentCheck() {}

    static boolean isFor(String nodeId, ConsumerRecord<byte[], byte[]> record) {
        return record.key() != null && nodeId.equals(new String(record.key(), StandardCharsets.UTF_8));
    }

    /// What is wrong with an assignment in this cell; null: nothing.
    static @Nullable String problem(String nodeId, @Nullable Assignment assignment, int cell) {
        if (assignment == null) return "value is null, expected an assignment";
        if (!assignment.getNodeId().equals(nodeId))
            return "nodeId is not the record's key, " + nodeId + ": " + assignment.getNodeId();
        if (assignment.getCell() != cell) return "cell is not the partition, " + cell + ": " + assignment.getCell();
        return switch (assignment.getKind()) {
            case EXECUTE -> {
                if (assignment.getTask() == null) yield "task is null in an EXECUTE assignment";
                yield assignment.getTask().getTaskId().equals(assignment.getTaskId())
                        ? null
                        : "task.taskId is not taskId, " + assignment.getTaskId() + ": "
                                + assignment.getTask().getTaskId();
            }
            case REVEAL, REVOKE -> null;
        };
    }
}
