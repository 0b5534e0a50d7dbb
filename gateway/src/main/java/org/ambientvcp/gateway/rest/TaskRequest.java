package org.ambientvcp.gateway.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Supplier;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.gateway.json.InvalidJsonException;
import org.ambientvcp.gateway.json.JsonToAvro;
import org.ambientvcp.gateway.keys.Caller;
import org.ambientvcp.schemas.TaskCheck;
import org.jspecify.annotations.Nullable;

/// From the JSON of a request to a task. Pure functions.
final class TaskRequest {
    /// The gateway knows these; a request may not say them.
    static final List<String> SET_BY_GATEWAY = List.of("submittedAtEpochMillis", "submittedBy", "traceparent");

    /// How a task is verified whose request does not say it.
    private static final VerificationLevel DEFAULT_LEVEL = VerificationLevel.SPOT_CHECK;

    private TaskRequest() {}

    /// Reads a task. Its input is as it was sent; a blob may lack its size.
    ///
    /// @param freshId gives an id to a task that has none
    /// @param anyTenant whether the caller may name the tenant, as it may where no keys are asked for
    /// @throws InvalidJsonException naming the field that is wrong
    static Task read(
            ObjectNode json,
            Caller caller,
            boolean anyTenant,
            Supplier<String> freshId,
            long nowEpochMillis,
            @Nullable String traceparent) {
        for (var name : SET_BY_GATEWAY)
            if (json.has(name)) throw new InvalidJsonException(name, "is set by the gateway");
        var complete = json.deepCopy();
        if (!complete.hasNonNull("taskId")) complete.put("taskId", freshId.get());
        if (!complete.hasNonNull("tenant")) complete.put("tenant", caller.tenant());
        complete.put("submittedAtEpochMillis", nowEpochMillis).put("submittedBy", caller.id());
        if (traceparent != null) complete.put("traceparent", traceparent);
        if (!complete.has("verification")) complete.putObject("verification");
        if (complete.get("verification") instanceof ObjectNode verification && !verification.has("level"))
            verification.put("level", DEFAULT_LEVEL.name());
        var task = JsonToAvro.read(Task.class, complete);
        if (!anyTenant && !task.getTenant().equals(caller.tenant()))
            throw Problem.of(ProblemType.FORBIDDEN, "tenant", "is not that of the key, " + caller.tenant());
        return task;
    }

    /// @throws Problem naming every field that is wrong
    static void requireFine(Task task) {
        var problems = TaskCheck.problems(task);
        if (!problems.isEmpty())
            throw new Problem(
                    ProblemType.INVALID_TASK,
                    problems.size() == 1
                            ? problems.getFirst().toString()
                            : problems.size() + " fields are wrong, the first: " + problems.getFirst(),
                    problems);
    }
}
