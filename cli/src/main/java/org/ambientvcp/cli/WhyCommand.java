package org.ambientvcp.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ambientvcp.audit.why.TaskStory;
import org.ambientvcp.audit.why.Why;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.FilteredNodes;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.scheduler.cell.Judgement;
import org.ambientvcp.schemas.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says why a task went where it went.
@Command(
        name = "why",
        description = {
            "Why a task, present or past, went where it went: the nodes that were considered, how many each rule ruled",
            "out, the scores, the draw; for a queued task what it waits for. Replays the log of its cell."
        },
        mixinStandardHelpOptions = true)
final class WhyCommand implements Callable<Integer> {
    @Mixin
    private final LogOptions logs = new LogOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "TASK", description = "Task id.")
    private String taskId = "";

    @Option(
            names = "--nodes",
            description = "Also list every node of the cell: the rule that ruled it out, or its score.")
    private boolean nodes;

    @Override
    public Integer call() throws InterruptedException {
        var story = logs.read(List.of(Topics.CELL_COMMANDS, Topics.TASK_STATUS), found -> Why.of(found, taskId, nodes));
        if (output.isJson()) output.json(StoryJson.of(story));
        else if (story.last() == null && story.steps().isEmpty()) output.err().println("No log knows a task " + taskId);
        else print(story, output.out());
        return story.last() == null && story.steps().isEmpty() ? ExitCode.FAILED : ExitCode.OK;
    }

    private static void print(TaskStory story, PrintWriter out) {
        var names = names(story);
        out.println("task " + story.taskId() + (story.last() == null ? "" : ": " + summary(story.last())));
        for (var step : story.steps()) {
            out.println();
            out.println(Units.time(step.atEpochMillis()) + "  cell " + step.cell() + " @ " + step.offset() + "  "
                    + step.command() + (step.nodeId() == null ? "" : " from " + named(step.nodeId(), names)));
            for (var lease : step.leases()) print(lease, names, out);
            if (step.job() != null)
                out.println("  to the verifiers: " + step.job().getLevel()
                        + (step.job().getReexecutePpm() == 0
                                ? ""
                                : ", re-execution " + (step.job().getReexecute() ? "drawn" : "not drawn")
                                        + " with a chance of "
                                        + percent(step.job().getReexecutePpm())));
            for (var refusal : step.refusals()) out.println("  refused: " + refusal);
            if (step.status() != null) print(step.status(), out);
            print(step.nodes(), out);
        }
        if (!story.waiting().isEmpty()) {
            out.println();
            out.println("now it waits; the nodes of its cell");
            print(story.waiting(), out);
        }
        if (story.steps().isEmpty() && story.last() != null) {
            out.println("it reached no cell");
            print(story.last(), out);
        }
        out.flush();
    }

    private static void print(List<Judgement> nodes, PrintWriter out) {
        for (var node : nodes)
            out.printf(
                    Locale.ROOT,
                    "    %-20s %s  score %.3f  busy %d/%d  %s%n",
                    node.name(),
                    node.nodeId(),
                    node.scorePpm() / 1e6,
                    node.busySlots(),
                    node.slots(),
                    node.rule() == null ? "candidate" : "ruled out by " + node.rule());
    }

    /// Of the nodes that had a lease, by id.
    private static Map<String, String> names(TaskStory story) {
        var names = new HashMap<String, String>();
        for (var step : story.steps())
            for (var lease : step.leases())
                if (lease.getExplanation() != null)
                    names.put(lease.getNodeId(), lease.getExplanation().getChosenName());
        return names;
    }

    private static String named(String nodeId, Map<String, String> names) {
        var name = names.get(nodeId);
        return name == null ? nodeId : name + " (" + nodeId + ")";
    }

    private static String summary(TaskStatus last) {
        return last.getState()
                + (last.getAttempt() == 0
                        ? ""
                        : last.getAttempt() == 1 ? ", 1 attempt" : ", " + last.getAttempt() + " attempts");
    }

    private static void print(Assignment lease, Map<String, String> names, PrintWriter out) {
        var explanation = lease.getExplanation();
        if (lease.getKind() != AssignmentKind.EXECUTE || explanation == null) {
            out.println("  " + lease.getKind().name().toLowerCase(Locale.ROOT) + " " + named(lease.getNodeId(), names)
                    + (lease.getReason() == null ? "" : ": " + lease.getReason()));
            return;
        }
        out.println("  attempt " + lease.getAttempt() + ", replica " + lease.getReplica() + " -> "
                + explanation.getChosenName() + " (" + explanation.getChosenNodeId() + ")");
        out.println("    " + explanation.getConsidered() + " nodes considered, " + filtered(explanation.getFiltered())
                + ", " + explanation.getCandidates()
                + (explanation.getCandidates() == 1 ? " candidate" : " candidates"));
        out.println("    "
                + explanation.getStrategy().name().toLowerCase(Locale.ROOT).replace('_', '-') + ": "
                + explanation.getReason()
                + (explanation.getDraw() == 0 ? "" : "; draw " + Long.toUnsignedString(explanation.getDraw())));
    }

    private static void print(TaskStatus status, PrintWriter out) {
        out.println("  " + status.getState() + (status.getReason() == null ? "" : ": " + status.getReason()));
        if (!status.getWaiting().isEmpty()) out.println("    waiting: " + filtered(status.getWaiting()));
    }

    private static String filtered(List<FilteredNodes> filtered) {
        return filtered.isEmpty()
                ? "none ruled out"
                : filtered.stream()
                        .map(rule -> rule.getNodes() + " by " + rule.getRule())
                        .collect(Collectors.joining(", ", "ruled out ", ""));
    }

    private static String percent(int ppm) {
        return ppm / 10_000 + "." + "%04d".formatted(ppm % 10_000) + " %";
    }
}
