package org.ambientvcp.audit.synthetic;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.ambientvcp.audit.replay.AuditSettings;
import org.ambientvcp.audit.replay.BookKeeping;
import org.ambientvcp.audit.replay.CellOutputs;
import org.ambientvcp.audit.replay.Expected;
import org.ambientvcp.audit.replay.IntakeRules;
import org.ambientvcp.audit.replay.NodeKeeping;
import org.ambientvcp.audit.synthetic.MemoryLogs.Appended;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.CellSplit;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.GrantFunds;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.NodeMove;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.Tick;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.scheduler.cell.Cell;
import org.ambientvcp.scheduler.cell.CellSettings;
import org.ambientvcp.scheduler.cell.CellSnapshot;
import org.ambientvcp.schemas.Cause;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;

/// Makes the logs of a cluster that never was: nodes, users and verifiers are played, everything else is decided by the
/// services' own rules and signed by real keys. The same options give the same bytes.
public final class SyntheticLogs {
    private static final long START = 1_770_000_000_000L;
    private static final long SUMMARY_MILLIS = 250;
    private static final long FIRST_SPLIT_MILLIS = 2_300;
    private static final long SPLIT_MILLIS = 20_000;
    private static final int DRAIN_MILLIS = 50;

    /// @param cells cells
    /// @param partitions of the other topics
    /// @param nodes executors, shared out evenly among the cells
    /// @param tasks tasks submitted
    /// @param tasksPerSecond at this rate, in log time
    /// @param liars how many of the nodes lie now and then
    /// @param seed of all chance
    public record Options(int cells, int partitions, int nodes, long tasks, int tasksPerSecond, int liars, long seed) {}

    private record Event(long at, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final Options options;
    private final SplittableRandom random;
    private final MemoryLogs logs;
    private final SyntheticTasks tasks;
    private final SyntheticVerifier verifier;
    private final Map<String, SyntheticNode> nodes = new TreeMap<>();
    private final List<Cell> cells = new ArrayList<>();
    private final Map<Integer, CellSummary> told = new HashMap<>();
    private final Map<Integer, CellSummary> known = new HashMap<>();
    private final List<BookKeeping> books = new ArrayList<>();
    private final List<NodeKeeping> keepers = new ArrayList<>();
    private final IntakeRules intake;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final ArrayDeque<Appended> unread = new ArrayDeque<>();
    private final boolean[] tickLogged;
    private long order;
    private long now = START;
    private long submitted;
    private int splits;

    private SyntheticLogs(Path directory, Options options) throws IOException {
        this.options = options;
        random = new SplittableRandom(options.seed());
        logs = new MemoryLogs(directory, options.cells(), options.partitions());
        tasks = new SyntheticTasks(random.split());
        verifier = new SyntheticVerifier(random.split());
        var settings = settings();
        intake = new IntakeRules(logs.schemas(), options.cells(), settings);
        tickLogged = new boolean[options.cells()];
        for (int cell = 0; cell < options.cells(); cell++) cells.add(Cell.restore(cell, CellSnapshot.EMPTY));
        for (int partition = 0; partition < options.partitions(); partition++) {
            books.add(new BookKeeping(settings, null));
            keepers.add(new NodeKeeping(logs.schemas(), options.cells(), options.partitions(), settings));
        }
    }

    /// Writes the logs, as an export, into an empty directory.
    ///
    /// @return how many records they have
    public static long write(Path directory, Options options) throws IOException {
        var made = new SyntheticLogs(directory, options);
        try (made.logs) {
            made.run();
        }
        return made.logs.records();
    }

    /// The settings that an audit of these logs needs.
    public static AuditSettings settings(Options options) {
        var random = new SplittableRandom(options.seed());
        random.split();
        return AuditSettings.trusting(Set.of(new SyntheticVerifier(random.split()).identity.id()));
    }

    private AuditSettings settings() {
        return AuditSettings.trusting(Set.of(verifier.identity.id()));
    }

    private void run() {
        for (var tenant : SyntheticTasks.TENANTS) fund("tenant:" + tenant, 1_000_000_000_000L);
        for (int number = 0; number < options.nodes(); number++) {
            var node = new SyntheticNode(number, options.cells(), number < options.liars(), random.split());
            nodes.put(node.id(), node);
            append(Topics.NODES, -1, node.id(), node.registration());
            fund("node:" + node.id(), 1_000_000);
            after(random.nextInt(1, 1_000), () -> sample(node));
        }
        var config = CellConfig.newBuilder(CellSettings.DEFAULT)
                .setCells(options.cells())
                .build();
        for (int cell = 0; cell < options.cells(); cell++)
            append(Topics.CELL_COMMANDS, cell, "config", new CellCommand(config));
        after(2_000, this::submit);
        after(SUMMARY_MILLIS, this::tell);
        if (options.cells() > 1) after(FIRST_SPLIT_MILLIS, this::split);
        drain();
        while (!events.isEmpty()) {
            var event = events.poll();
            now = event.at();
            event.what().run();
            drain();
        }
    }

    private void after(long millis, Runnable what) {
        events.add(new Event(now + millis, order++, what));
    }

    private void fund(String account, long micros) {
        append(
                Topics.LEDGER_COMMANDS,
                -1,
                account,
                new LedgerCommand(new GrantFunds("start", account, micros, "test")));
    }

    private boolean isOver() {
        return submitted >= options.tasks()
                && cells.stream().allMatch(cell -> cell.queuedTasks() + cell.leasedTasks() == 0);
    }

    private void sample(SyntheticNode node) {
        append(Topics.TELEMETRY, -1, node.id(), node.sample(now));
        if (!isOver()) after(10_000, () -> sample(node));
    }

    private void submit() {
        var task = tasks.next(now);
        append(Topics.TASKS, -1, task.getTaskId(), task);
        if (++submitted < options.tasks())
            after(
                    submitted % Math.max(1, options.tasksPerSecond() / 1000) == 0
                            ? Math.max(1, 1000 / options.tasksPerSecond())
                            : 0,
                    this::submit);
    }

    /// What the wall clock causes: summaries and ticks.
    private void tell() {
        for (int cell = 0; cell < options.cells(); cell++) {
            var summary = cells.get(cell).summary();
            if (!summary.equals(told.put(cell, summary))) {
                logs.append(Topics.CELL_SUMMARIES, -1, Integer.toString(cell), summary, now);
                var number = cell;
                after(20, () -> known.put(number, summary));
            }
            tick(cell);
        }
        if (!isOver()) after(SUMMARY_MILLIS, this::tell);
    }

    private void tick(int cell) {
        var due = cells.get(cell).nextTimer();
        if (tickLogged[cell] || due.isEmpty() || due.getAsLong() > now) return;
        tickLogged[cell] = true;
        append(Topics.CELL_COMMANDS, cell, "tick", new CellCommand(new Tick(now)));
    }

    /// An operator splits a cell and a little later sends its nodes home, which are in two cells by then.
    private void split() {
        int cell = splits++ % options.cells();
        var other = (cell + 1) % options.cells();
        append(
                Topics.CELL_COMMANDS,
                cell,
                "split",
                new CellCommand(new CellSplit("split-" + splits, other, null, DRAIN_MILLIS, "operator")));
        after(SUMMARY_MILLIS, () -> sendHome(cell));
        if (!isOver()) after(SPLIT_MILLIS, this::split);
    }

    private void sendHome(int cell) {
        for (var node : nodes.values())
            if (node.cell == cell)
                append(
                        Topics.CELL_COMMANDS,
                        cell,
                        node.id(),
                        new CellCommand(new NodeMove(node.id(), cell, DRAIN_MILLIS, "operator")));
    }

    private void append(Topic<?> topic, int partition, String key, SpecificRecord value) {
        unread.add(logs.append(topic, partition, key, value, now));
    }

    private void drain() {
        for (var next = unread.poll(); next != null; next = unread.poll()) process(next);
    }

    private void process(Appended input) {
        var place = input.place();
        var topic = place.topic();
        if (topic.equals(Topics.TASKS)
                || topic.equals(Topics.RESULTS)
                || topic.equals(Topics.COMMITMENTS)
                || topic.equals(Topics.VERDICTS)) write(input, List.of(intake.apply(place, input.record())), "");
        else if (topic.equals(Topics.LEDGER_COMMANDS)) ledger(input);
        else if (topic.equals(Topics.CELL_COMMANDS)) cell(input);
        else if (topic.equals(Topics.NODES)
                || topic.equals(Topics.TELEMETRY)
                || topic.equals(Topics.REPUTATION)
                || topic.equals(Topics.NODE_CELLS)) {
            var keeper = keepers.get(place.partition());
            var before = keeper.known(String.valueOf(input.record().keyText())).toString();
            write(input, keeper.apply(place, input.record()), before);
        } else if (topic.equals(Topics.ASSIGNMENTS)) lease(logs.schemas().decode(Topics.ASSIGNMENTS, value(input)));
        else if (topic.equals(Topics.VERIFICATIONS)) {
            var job = logs.schemas().decode(Topics.VERIFICATIONS, value(input));
            after(random.nextInt(1, 10), () -> verify(job));
        }
    }

    private static byte[] value(Appended input) {
        return Objects.requireNonNull(input.record().value());
    }

    private void ledger(Appended input) {
        var record = input.record();
        var keeper = books.get(input.place().partition());
        var command = logs.schemas().decode(Topics.LEDGER_COMMANDS, value(input));
        var effects = keeper.apply(command, record.keyText(), record.eventTime());
        var outputs = new ArrayList<>(BookKeeping.outputs(effects, record.eventTime(), options.cells(), known::get));
        for (var refusal : effects.refusals()) outputs.add(CellOutputs.deadLetter(refusal, input.place(), record));
        keeper.forget(record.eventTime());
        write(input, outputs, "");
    }

    private void cell(Appended input) {
        var record = input.record();
        var number = input.place().partition();
        var command = logs.schemas().decode(Topics.CELL_COMMANDS, value(input));
        if (command.getBody() instanceof Tick) tickLogged[number] = false;
        var effects = cells.get(number).apply(record.offset(), record.eventTime(), command);
        write(input, CellOutputs.of(effects, number, input.place(), record), "");
    }

    private void write(Appended input, List<Expected> outputs, String knownBefore) {
        int number = 0;
        for (var output : outputs) {
            var cause = new Cause(
                    input.place().topic().name(),
                    input.place().partition(),
                    input.record().offset(),
                    number++);
            var stamped = output.topic().equals(Topics.CELL_COMMANDS)
                    || output.topic().equals(Topics.LEDGER_COMMANDS);
            var headers = new ArrayList<>(List.of(EventHeaders.CAUSE, cause.toString()));
            if (!knownBefore.isEmpty()) headers.addAll(List.of(EventHeaders.KNOWN, knownBefore));
            if (output.topic().equals(Topics.CELL_COMMANDS)
                    && input.place().topic().equals(Topics.LEDGER_COMMANDS))
                headers.addAll(List.of(EventHeaders.SUMMARIES, routing()));
            unread.add(logs.append(
                    output.topic(),
                    output.partition(),
                    output.key(),
                    output.value(),
                    stamped ? now : output.timestamp(),
                    headers.toArray(String[]::new)));
        }
    }

    private String routing() {
        var text = new StringBuilder().append(options.cells());
        for (int cell = 0; cell < options.cells(); cell++) {
            var summary = known.get(cell);
            if (summary != null) text.append(';').append(cell).append(':').append(summary.getVersion());
        }
        return text.toString();
    }

    private void lease(Assignment lease) {
        var node = Objects.requireNonNull(nodes.get(lease.getNodeId()));
        switch (lease.getKind()) {
            case EXECUTE ->
                after(
                        node.runMillis(),
                        () -> publish(
                                lease.getCommitFirst() ? Topics.COMMITMENTS : Topics.RESULTS,
                                lease,
                                node.run(lease, now)));
            case REVEAL -> after(1, () -> publish(Topics.RESULTS, lease, node.reveal(lease)));
            case REVOKE -> {} // what comes later is refused
        }
    }

    private void publish(Topic<Signed> topic, Assignment lease, Signed signed) {
        append(topic, -1, lease.getTaskId(), signed);
    }

    private void verify(VerificationJob job) {
        append(Topics.VERDICTS, -1, job.getTaskId(), verifier.judge(job, now));
    }
}
