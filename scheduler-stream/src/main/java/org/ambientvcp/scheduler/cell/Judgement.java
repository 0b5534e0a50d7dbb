package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How one node of a cell stood when a task was placed, for explanations. No decision is made of it.
///
/// @param rule the first rule that kept the node from the task; null = it was a candidate
public record Judgement(
        String nodeId,
        String name,
        String ownerId,
        @Nullable String rule,
        int scorePpm,
        int busySlots,
        int slots) {

    /// All nodes of the cell in the eyes of a task, by id. O(nodes).
    static List<Judgement> of(LiveTask task, CellState state) {
        var wanted = Requirement.of(task);
        var kept = state.queue.eligibility(task).keptByFailure(task.excluded, List.of()).stream()
                .map(Standing::id)
                .collect(Collectors.toSet());
        var all = new ArrayList<Judgement>();
        for (var node : state.population.nodes()) {
            var rule = Rule.against(Standing.of(node, state.now), wanted);
            if (rule == null && kept.contains(node.id())) rule = Rule.EXCLUDED;
            all.add(new Judgement(
                    node.id(),
                    node.update.getName(),
                    node.update.getOwnerId(),
                    rule == null ? null : rule.title,
                    node.update.getScorePpm(),
                    node.busySlots,
                    node.update.getSlots()));
        }
        return all;
    }
}
