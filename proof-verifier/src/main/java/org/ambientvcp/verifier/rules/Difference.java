package org.ambientvcp.verifier.rules;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.ambientvcp.events.TaskResult;

/// In what two results differ that should be equal: the fields of [org.ambientvcp.schemas.ResultDigest].
final class Difference {
    private record Field(String name, Function<TaskResult, Object> value) {}

    private static final List<Field> FIELDS = List.of(
            new Field("module", TaskResult::getModuleSha256),
            new Field("outcome", TaskResult::getOutcome),
            new Field("exit code", TaskResult::getExitCode),
            new Field("reason", result -> Objects.requireNonNullElse(result.getReason(), "")),
            new Field("values", TaskResult::getValues),
            new Field("output", TaskResult::getOutputSha256),
            new Field("output size", TaskResult::getOutputBytes),
            new Field("gas", TaskResult::getGasUsed),
            new Field("memory", TaskResult::getPeakMemoryPages),
            new Field("trace", TaskResult::getTraceDigest));

    private Difference() {}

    /// Name of the first field in which they differ.
    static Optional<String> first(TaskResult one, TaskResult other) {
        return FIELDS.stream()
                .filter(field -> !field.value.apply(one).equals(field.value.apply(other)))
                .map(Field::name)
                .findFirst();
    }
}
