package org.ambientvcp.scheduler.ledger;

import org.ambientvcp.events.Task;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.Sha256;

/// Tells a repeated task from another one with the same id.
final class TaskDigest {
    private TaskDigest() {}

    /// SHA-256, lower-case hex, of the task's Avro bytes, without the fields that say how it was submitted: a
    /// client that sends a task again does so at another time and under another trace.
    static String of(Task task) {
        var work = Task.newBuilder(task)
                .setSubmittedAtEpochMillis(0)
                .setSubmittedBy("")
                .setTraceparent(null)
                .build();
        return Sha256.hex(AvroCodec.encode(work));
    }
}
