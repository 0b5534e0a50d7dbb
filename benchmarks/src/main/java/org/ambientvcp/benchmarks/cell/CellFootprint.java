package org.ambientvcp.benchmarks.cell;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.scheduler.cell.Effects;
import org.ambientvcp.scheduler.cell.Output;
import org.ambientvcp.schemas.AvroCodec;
import org.apache.avro.specific.SpecificRecord;

/// How many bytes does a cell keep for a node and for a task, and how many does it write for a task?
///
/// Memory is the difference of the used heap after collections, with 100,000 of each; it is the rules' memory, without
/// the stores. Written are the values of outputs and store changes, without keys, headers and what brokers add.
public final class CellFootprint {
    private static final int COUNT = 100_000;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private CellFootprint() {}

    public static void main(String... arguments) {
        var footprint = new CellFootprint();
        footprint.memory();
        footprint.written();
    }

    private void memory() {
        lease(new CellLoad(10, 10, Strategy.LATENCY_AWARE, 1)); // loads classes
        var start = heap();
        var load = new CellLoad(COUNT, 1, Strategy.WEIGHTED, 1);
        load.nodes.clear();
        var before = heap();
        say("node", before - start);
        for (var strategy : List.of(Strategy.WEIGHTED, Strategy.LEAST_LOADED, Strategy.LATENCY_AWARE)) {
            var used = heap();
            var offer = load.offer(strategy);
            load.apply(offer);
            load.apply(CellLoad.cancel(offer));
            say("node in the index of a class, " + strategy, heap() - used);
        }
        var used = heap();
        for (int task = 0; task < COUNT; task++) load.apply(load.offer());
        say("leased task (its node's index entries are freed)", heap() - used);
        used = heap();
        for (int task = 0; task < COUNT; task++) load.apply(load.offer());
        say("queued task", heap() - used);
        out.printf("| tasks that wait | %,d |%n", load.queuedTasks());
    }

    private static void lease(CellLoad load) {
        load.apply(load.offer());
    }

    private void say(String what, long bytes) {
        out.printf(Locale.ROOT, "| bytes of heap for a %s | %,d |%n", what, bytes / COUNT);
    }

    private static long heap() {
        for (int collection = 0; collection < 3; collection++) System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// What one task that goes well causes, and what it causes when it has to wait in a full cell.
    private void written() {
        var load = new CellLoad(1_250, 4, Strategy.WEIGHTED, 1);
        var free = new Written();
        for (int task = 0; task < 1_000; task++) free.life(load);
        free.print("a task that finds a node at once", 1_000);

        var leases = new ArrayList<Effects>();
        for (int task = 0; task < 5_000; task++) leases.add(load.apply(load.offer()));
        for (int task = 0; task < 5_000; task++) load.apply(load.offer());
        var full = new Written();
        for (int task = 0; task < 1_000; task++) {
            full.count(load.apply(load.offer()));
            var returned = load.apply(CellLoad.returned(CellLoad.lease(leases.get(task))));
            full.count(returned);
            leases.add(returned);
            full.count(load.apply(
                    CellLoad.accepted(returned.verifications().getFirst().value())));
        }
        full.print("a task that comes, one that goes and one that is leased in a full cell with 5,000 waiting", 1_000);
    }

    private final class Written {
        private final Map<String, Long> bytes = new TreeMap<>();
        private final Map<String, Long> records = new TreeMap<>();

        void life(CellLoad load) {
            var leased = load.apply(load.offer());
            count(leased);
            var returned = load.apply(CellLoad.returned(CellLoad.lease(leased)));
            count(returned);
            count(load.apply(
                    CellLoad.accepted(returned.verifications().getFirst().value())));
        }

        void count(Effects effects) {
            count("assignments", effects.assignments());
            count("task-status", effects.statuses());
            count("verifications", effects.verifications());
            count("ledger-commands", effects.ledger());
            count("reputation", effects.reputations());
            for (var change : effects.changes()) {
                var value = change.value();
                add("store " + change.store(), value == null ? 0 : AvroCodec.encode(value).length);
            }
        }

        private void count(String topic, List<? extends Output<? extends SpecificRecord>> outputs) {
            for (var output : outputs) add(topic, AvroCodec.encode(output.value()).length);
        }

        private void add(String where, long length) {
            bytes.merge(where, length, Long::sum);
            records.merge(where, 1L, Long::sum);
        }

        void print(String title, int tasks) {
            out.printf("%n%s:%n%n| | records | bytes |%n|---|---|---|%n", title);
            bytes.forEach((where, length) -> row(where, records.getOrDefault(where, 0L), length, tasks));
            row(
                    "all",
                    records.values().stream().mapToLong(Long::longValue).sum(),
                    bytes.values().stream().mapToLong(Long::longValue).sum(),
                    tasks);
        }

        private void row(String where, long count, long length, int tasks) {
            out.printf(Locale.ROOT, "| %s | %.2f | %,d |%n", where, (double) count / tasks, length / tasks);
        }
    }
}
