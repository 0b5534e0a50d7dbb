package org.ambientvcp.scheduler.cell;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ambientvcp.events.FilteredNodes;

/// Why a queued task waits, in plain words and in numbers.
record Waiting(String reason, List<FilteredNodes> filtered) {

    /// @param excluded ids of nodes that failed the task before
    static Waiting of(Requirement wanted, Eligibility eligibility, Set<String> excluded) {
        var filtered = eligibility.filtered(excluded, Set.of());
        return new Waiting(sentence(wanted, eligibility, excluded, filtered), filtered);
    }

    private static String sentence(
            Requirement wanted, Eligibility eligibility, Set<String> excluded, List<FilteredNodes> filtered) {
        var start = wanted.replicas() == 1
                ? "no node can take it yet: "
                : "needs nodes of " + wanted.replicas() + " distinct owners at once, " + eligibility.owners(excluded)
                        + " can take it: ";
        if (eligibility.considered() == 0) return start + "the cell has no nodes";
        return start + "of " + count(eligibility.considered(), "node")
                + filtered.stream()
                        .map(rule -> rule.getNodes() + " " + words(rule.getRule(), wanted))
                        .collect(Collectors.joining(", ", " ", ""))
                        .stripTrailing();
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String words(String title, Requirement wanted) {
        for (var rule : Rule.values()) if (rule.title.equals(title)) return words(rule, wanted);
        return title;
    }

    private static String words(Rule rule, Requirement wanted) {
        return switch (rule) {
            case LEASE -> "not heard of in time";
            case MOVING -> "on their way to another cell";
            case BREAKER -> "in safe mode";
            case REGION -> "outside region " + wanted.region();
            case NODE_TYPE -> "not of type " + wanted.nodeType();
            case CAPABILITIES -> "without " + String.join(", ", wanted.capabilities());
            case HEALTH -> "below health " + Figures.share(wanted.minimumHealthPpm());
            case SLOTS -> "busy";
            case OWNER -> "of an owner that already has it";
            case EXCLUDED -> "excluded after an earlier attempt";
        };
    }
}
