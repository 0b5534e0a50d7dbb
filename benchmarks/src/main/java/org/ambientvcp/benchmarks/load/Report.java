package org.ambientvcp.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/// What a run gave, as Markdown.
final class Report {
    private static final List<String> PROCESSES = List.of("broker", "services", "load");

    private final LoadPlan plan;
    private final TaskTimes times;
    private final Latencies latencies;
    private final LongSupplier overfull;
    private final Timeline timeline = new Timeline();
    private List<Child.Usage> before = List.of();
    private List<Child.Usage> used = List.of();
    private long beganNanos;
    private long endedNanos;
    private long acceptedBefore;
    private long acceptedAfter;

    Report(LoadPlan plan, TaskTimes times, Latencies latencies, LongSupplier overfull) {
        this.plan = plan;
        this.times = times;
        this.latencies = latencies;
        this.overfull = overfull;
    }

    /// The measurement begins.
    void begin(List<Child.Usage> now) {
        before = now;
        beganNanos = System.nanoTime();
        acceptedBefore = times.count(Stage.ACCEPTED);
    }

    /// The last task has been sent.
    void end(List<Child.Usage> now) {
        endedNanos = System.nanoTime();
        acceptedAfter = times.count(Stage.ACCEPTED);
        var difference = new ArrayList<Child.Usage>();
        for (int index = 0; index < now.size(); index++)
            difference.add(now.get(index).since(before.get(index)));
        used = difference;
    }

    void add(Timeline.Moment moment) {
        timeline.add(moment);
    }

    String text() throws IOException {
        Files.writeString(plan.output().resolve("timeline.csv"), timeline.csv());
        var seconds = (endedNanos - beganNanos) / 1e9;
        var text = new Formatter(Locale.ROOT);
        text.format(
                "%,d nodes, %d cells, %d partitions, %d tenants, %d tasks/s for %d s after %d s, runs of %d to %d ms,"
                        + " %s, %s, %s; settings %s\n",
                plan.nodes(),
                plan.cells(),
                plan.partitions(),
                plan.tenants(),
                plan.rate(),
                plan.seconds(),
                plan.warmupSeconds(),
                plan.shortestMillis(),
                plan.longestMillis(),
                plan.strategy(),
                plan.verification(),
                plan.speculative() ? "speculative" : "committed only",
                plan.settings());
        text.format("\n");
        text.format("| ms from the due time | n | p50 | p90 | p99 | p99.9 | max |\n");
        text.format("|---|---|---|---|---|---|---|\n");
        for (var stage : Stage.values()) {
            var total = latencies.total(stage);
            text.format("| %s | %,d | %s |\n", stage.title(), total.getTotalCount(), Latencies.columns(total));
        }
        text.format("\n");
        text.format("| | |\n");
        text.format("|---|---|\n");
        text.format("| accepted per second, while sending | %,.0f |\n", (acceptedAfter - acceptedBefore) / seconds);
        text.format(
                "| submitted, accepted, failed in the end | %,d, %,d, %,d |\n",
                times.submitted(), times.count(Stage.ACCEPTED), times.failed());
        text.format("| most tasks in flight | %,d |\n", timeline.most(Timeline.Moment::inFlight));
        queue(text, "not assigned", Timeline.Moment::unassigned);
        queue(text, "in flight", Timeline.Moment::inFlight);
        queue(text, "waiting in cells", Timeline.Moment::queued);
        text.format("| node had more tasks than slots | %,d times |\n", overfull.getAsLong());
        text.format("\n");
        text.format("| process | cores used | resident, MB | collections | ms in them |\n");
        text.format("|---|---|---|---|---|\n");
        for (int index = 0; index < used.size(); index++) {
            var usage = used.get(index);
            text.format(
                    "| %s | %.2f | %,d | %,d | %,d |\n",
                    PROCESSES.get(index),
                    usage.cpuMillis() / seconds / 1e3,
                    usage.rssMegabytes(),
                    usage.collections(),
                    usage.collectionMillis());
        }
        return text.toString();
    }

    private void queue(Formatter text, String name, ToLongFunction<Timeline.Moment> value) {
        text.format(
                "| %s: most, and does it grow | %,d, %s |\n",
                name, timeline.most(value), timeline.grows(value, plan.rate()) ? "grows" : "bounded");
    }
}
