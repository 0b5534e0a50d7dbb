package org.ambientvcp.scheduler.cell;

import java.util.List;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.SettleTask;
import org.ambientvcp.events.SlashNode;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.scheduler.Refusal;

/// What a test looks for in effects.
final class Told {
    private Told() {}

    static List<Assignment> leases(Effects effects) {
        return of(effects, AssignmentKind.EXECUTE);
    }

    static Assignment lease(Effects effects) {
        return leases(effects).getFirst();
    }

    static List<Assignment> of(Effects effects, AssignmentKind kind) {
        return effects.assignments().stream()
                .map(Output::value)
                .filter(assignment -> assignment.getKind() == kind)
                .toList();
    }

    static TaskStatus status(Effects effects) {
        return effects.statuses().getFirst().value();
    }

    static VerificationJob job(Effects effects) {
        return effects.verifications().getFirst().value();
    }

    static List<SettleTask> settlements(Effects effects) {
        return bodies(effects, SettleTask.class);
    }

    static List<SlashNode> slashes(Effects effects) {
        return bodies(effects, SlashNode.class);
    }

    static <T> List<T> bodies(Effects effects, Class<T> type) {
        return effects.ledger().stream()
                .map(output -> output.value().getBody())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    static List<String> codes(Effects effects) {
        return effects.refusals().stream().map(Refusal::code).toList();
    }
}
