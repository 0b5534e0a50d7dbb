package org.ambientvcp.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.schemas.TopicAdmin;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.RegistryClient;
import org.ambientvcp.service.KafkaConnection;
import org.apache.avro.generic.GenericRecord;

/// One run of a plan, from an empty broker to the report.
final class Experiment {
    private static final Duration TOPICS = Duration.ofMinutes(1);
    private static final Duration NODES = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 100;

    private final LoadPlan plan;
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<Child> children = new ArrayList<>();
    private final TaskTimes times;
    private final Map<Integer, long[]> liveAndQueued = new ConcurrentHashMap<>();

    Experiment(LoadPlan plan) {
        this.plan = plan;
        times = new TaskTimes(run, plan.tasks(), plan.firstMeasured());
    }

    /// The report, also written to `report.md`.
    String run() throws Exception {
        try {
            var report = measure(connect());
            Files.writeString(plan.output().resolve("report.md"), report);
            return report;
        } finally {
            while (!parts.isEmpty()) parts.pop().close();
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private KafkaConnection connect() throws Exception {
        progress("starting the broker and the registry");
        var broker = child(BrokerPart.class, "broker", plan.brokerJvm(), List.of());
        var connection = new KafkaConnection(broker.word(0), Map.of(), new RegistryClient(URI.create(broker.word(1))));
        try (var admin = connection.admin()) {
            TopicAdmin.createMissing(admin, new TopicAdmin.Layout(plan.cells(), plan.partitions(), (short) 1), TOPICS);
        }
        progress("starting telemetry-ingest, scheduler-stream and proof-verifier");
        var arguments = new ArrayList<>(List.of(broker.word(0), broker.word(1)));
        plan.settings().forEach((name, value) -> arguments.add(name + "=" + value));
        child(ServicesPart.class, "services", plan.servicesJvm(), arguments);
        return connection;
    }

    private Child child(Class<?> main, String name, List<String> jvm, List<String> arguments) throws IOException {
        var child = opened(Child.start(main, plan.output().resolve(name), jvm, arguments));
        children.add(child);
        return child;
    }

    private String measure(KafkaConnection connection) throws Exception {
        var submitter = opened(new Submitter(connection, plan, times));
        submitter.fund(run);
        progress("registering " + plan.nodes() + " nodes");
        var fleet = opened(new Fleet(connection, plan));
        watch(connection, fleet);
        fleet.register();
        fleet.startTelemetry();
        awaitNodes();
        var latencies = opened(new Latencies(plan.output(), times));
        var submitting = Thread.ofPlatform().name("submit").start(submitter::run);
        var report = new Report(plan, times, latencies, fleet::overfull);
        var start = System.nanoTime();
        for (int second = 1; second <= plan.warmupSeconds() + plan.seconds(); second++) {
            awaitSecond(start, second);
            if (second == plan.warmupSeconds() + 1) report.begin(usages());
            tell(second, latencies, fleet, report);
        }
        report.end(usages());
        submitting.join();
        drain(start, latencies, fleet);
        latencies.write();
        return report.text();
    }

    private void watch(KafkaConnection connection, Fleet fleet) {
        var registry = connection.registry();
        var summaries = new Fields(Topics.CELL_SUMMARIES, registry, "cell", "liveNodes", "queuedTasks");
        opened(new Follower(connection, Topics.CELL_SUMMARIES, true, true, value -> {
            var summary = summaries.read(value);
            liveAndQueued.put(
                    (int) summary.get("cell"),
                    new long[] {(int) summary.get("liveNodes"), (int) summary.get("queuedTasks")});
        }));
        var statuses = new Fields(Topics.TASK_STATUS, registry, "taskId", "state");
        opened(new Follower(connection, Topics.TASK_STATUS, true, false, value -> {
            var status = statuses.read(value);
            var taskId = (String) status.get("taskId");
            switch (status.get("state").toString()) {
                case "ACCEPTED" -> times.reached(Stage.ACCEPTED, taskId);
                case "FAILED", "REJECTED", "CANCELLED" -> times.failed(taskId);
                default -> {}
            }
        }));
        var assignments = new Fields(
                Topics.ASSIGNMENTS,
                registry,
                "kind",
                "cell",
                "taskId",
                "nodeId",
                "attempt",
                "leaseEpoch",
                "commitFirst");
        opened(new Follower(connection, Topics.ASSIGNMENTS, true, false, value -> {
            var assignment = assignment(assignments.read(value));
            if (assignment.getKind() == AssignmentKind.EXECUTE) times.reached(Stage.ASSIGNED, assignment.getTaskId());
            if (!plan.speculative()) take(fleet, assignment);
        }));
        if (plan.speculative())
            opened(new Follower(
                    connection,
                    Topics.ASSIGNMENTS,
                    false,
                    false,
                    value -> take(fleet, assignment(assignments.read(value)))));
    }

    private void take(Fleet fleet, Assignment assignment) {
        if (fleet.take(assignment)) times.reached(Stage.STARTED, assignment.getTaskId());
    }

    private static Assignment assignment(GenericRecord fields) {
        return new Assignment(
                AssignmentKind.valueOf(fields.get("kind").toString()),
                (int) fields.get("cell"),
                (String) fields.get("taskId"),
                (String) fields.get("nodeId"),
                (int) fields.get("attempt"),
                (long) fields.get("leaseEpoch"),
                0,
                0L,
                (boolean) fields.get("commitFirst"),
                null,
                null,
                null);
    }

    private long sum(int index) {
        return liveAndQueued.values().stream().mapToLong(pair -> pair[index]).sum();
    }

    private void awaitNodes() throws InterruptedException {
        var deadline = System.nanoTime() + NODES.toNanos();
        var told = System.nanoTime();
        while (sum(0) < plan.nodes()) {
            if (System.nanoTime() > deadline)
                throw new IllegalStateException(
                        "only " + sum(0) + " of " + plan.nodes() + " nodes live after " + NODES.toSeconds() + " s");
            if (System.nanoTime() - told > Duration.ofSeconds(2).toNanos()) {
                progress(sum(0) + " nodes live");
                told = System.nanoTime();
            }
            Thread.sleep(LOOK_MILLIS);
        }
        progress("all nodes live");
    }

    private static void awaitSecond(long start, int second) throws InterruptedException {
        var left = start + Duration.ofSeconds(second).toNanos() - System.nanoTime();
        if (left > 0) Thread.sleep(Duration.ofNanos(left));
    }

    private void tell(int second, Latencies latencies, Fleet fleet, Report report) {
        var moment = new Timeline.Moment(
                second,
                times.submitted() - times.count(Stage.ASSIGNED) - times.failed(),
                times.submitted() - times.count(Stage.ACCEPTED) - times.failed(),
                sum(1),
                times.count(Stage.ACCEPTED));
        if (second > plan.warmupSeconds()) report.add(moment);
        var interval = latencies.take(Stage.ASSIGNED);
        progress(String.format(
                Locale.ROOT,
                "%3d s%s  submitted %d, unassigned %d, running %d, in flight %d, queued %d, accepted %d, failed %d%s",
                second,
                second <= plan.warmupSeconds() ? " (warm-up)" : "",
                times.submitted(),
                moment.unassigned(),
                fleet.running(),
                moment.inFlight(),
                moment.queued(),
                moment.accepted(),
                times.failed(),
                interval.getTotalCount() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; assignment p50 %.0f, p99 %.0f ms",
                                Latencies.millis(interval, 50),
                                Latencies.millis(interval, 99))));
    }

    private void drain(long start, Latencies latencies, Fleet fleet) throws InterruptedException {
        var unused = new Report(plan, times, latencies, fleet::overfull);
        var last = plan.warmupSeconds() + plan.seconds();
        for (int second = last + 1;
                second <= last + plan.drainSeconds()
                        && times.count(Stage.ACCEPTED) + times.failed() < times.submitted();
                second++) {
            awaitSecond(start, second);
            tell(second, latencies, fleet, unused);
        }
        latencies.take(Stage.ASSIGNED);
    }

    private List<Child.Usage> usages() throws IOException {
        var all = new ArrayList<Child.Usage>();
        for (var child : children) all.add(child.usage());
        all.add(Child.Usage.now());
        return all;
    }

    private static void progress(String line) {
        System.err.println(line);
    }
}
