package org.ambientvcp.audit.replay;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LogFileReader;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.audit.log.LoggedRecord;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.telemetry.update.Known;
import org.jspecify.annotations.Nullable;

/// Judges one partition of nodes, telemetry, reputation and node cells again. One thread.
///
/// Kafka Streams decides while it runs in which order it reads its inputs. Nodes do not depend on each other, and
/// every output says what was known of its node when its input was read ([Known]), so the order of a node's inputs is
/// in
/// the log: samples go in their order; before each, the node's registrations, reputations and homes are taken up to
/// those that
/// were known. An input without any output changes nothing another could see, so its exact place does not matter.
final class TelemetryReplay {
    private record Input(Feed feed, LoggedRecord record, List<Entry> entries) {}

    private final ExportedLogs logs;
    private final NodeKeeping nodes;
    private final Checkpoint start;
    private final int partition;
    private final CauseIndex index;
    private final Findings findings;

    /// One of the inputs, with the node's records that were read ahead.
    private final class Feed implements AutoCloseable {
        private final LogPartition place;
        private final LogFileReader reader;
        private final Judge judge;
        private final Map<String, ArrayDeque<Input>> ahead = new HashMap<>();
        private final long from;
        private long next;

        Feed(LogPartition place) throws IOException {
            this.place = place;
            var state = start.of(place);
            from = state == null ? 0 : state.nextOffset();
            next = from;
            reader = logs.read(place);
            judge = new Judge(logs, place, from, index, findings);
        }

        @Nullable
        Input read() throws IOException {
            for (var record = reader.next(); record != null; record = reader.next()) {
                if (!judge.isAnswered(record)) continue;
                var entries = judge.answersTo(record.offset());
                if (record.offset() < from) continue;
                next = record.offset() + 1;
                return new Input(this, record, entries);
            }
            return null;
        }

        /// The node's next record; null = there is none.
        @Nullable
        Input head(String node) throws IOException {
            var queue = ahead.get(node);
            while (queue == null || queue.isEmpty()) {
                if (!readAhead()) return null;
                queue = ahead.get(node);
            }
            return queue.peekFirst();
        }

        private boolean readAhead() throws IOException {
            var input = read();
            if (input != null)
                ahead.computeIfAbsent(node(input), unknown -> new ArrayDeque<>())
                        .addLast(input);
            return input != null;
        }

        @Override
        public void close() throws IOException {
            try (reader) {
                judge.close();
            }
        }
    }

    TelemetryReplay(
            ExportedLogs logs,
            int partition,
            NodeKeeping nodes,
            Checkpoint start,
            CauseIndex index,
            Findings findings) {
        this.logs = logs;
        this.partition = partition;
        this.nodes = nodes;
        this.start = start;
        this.index = index;
        this.findings = findings;
        nodes.restore(start.of(new LogPartition(Topics.TELEMETRY, partition)));
    }

    /// @return the states at the end, of all four inputs; that of telemetry has all stores
    Map<LogPartition, Checkpoint.State> run() throws IOException {
        try (var registrations = feed(Topics.NODES);
                var samples = feed(Topics.TELEMETRY);
                var reputations = feed(Topics.REPUTATION);
                var homes = feed(Topics.NODE_CELLS)) {
            var others = List.of(registrations, reputations, homes);
            for (var sample = samples.read(); sample != null; sample = samples.read()) {
                if (!sample.entries().isEmpty())
                    catchUp(node(sample), sample.entries().getFirst(), registrations, reputations, homes);
                process(sample);
            }
            for (var other : others) while (other.readAhead()) {} // all that is left
            for (var other : others) for (var node : new ArrayList<>(other.ahead.keySet())) drain(node, others);
            var ends = new HashMap<LogPartition, Checkpoint.State>();
            ends.put(samples.place, nodes.state(samples.next));
            for (var other : others) ends.put(other.place, new Checkpoint.State(other.next, List.of()));
            return ends;
        }
    }

    private Feed feed(Topic<?> topic) throws IOException {
        return new Feed(new LogPartition(topic, partition));
    }

    private static String node(Input input) {
        return Objects.requireNonNullElse(input.record().keyText(), "");
    }

    /// Takes a node's registrations, reputations and homes until it is known as it was.
    private void catchUp(String node, Entry wanted, Feed registrations, Feed reputations, Feed homes)
            throws IOException {
        while (true) {
            var known = nodes.known(node);
            var behind = new ArrayList<Feed>();
            if (hash("registration=", known.registration()) != wanted.registration()) behind.add(registrations);
            if (hash("reputation=", known.reputation()) != wanted.reputation()) behind.add(reputations);
            if (hash("home=", known.home()) != wanted.home()) behind.add(homes);
            if (!takeOne(node, known, behind)) return;
        }
    }

    private void drain(String node, List<Feed> feeds) throws IOException {
        while (takeOne(node, nodes.known(node), feeds)) {} // none is left
    }

    /// Takes the one that was read when just this was known; else one that gave nothing; else any.
    private boolean takeOne(String node, Known known, List<Feed> feeds) throws IOException {
        Input next = null;
        int best = 0;
        for (var feed : feeds) {
            var head = feed.head(node);
            if (head == null) continue;
            int rank = fits(head, known) ? 3 : isSilent(head) ? 2 : 1;
            if (rank <= best) continue;
            best = rank;
            next = head;
        }
        if (next == null) return false;
        Objects.requireNonNull(next.feed().ahead.get(node)).removeFirst();
        process(next);
        return true;
    }

    private static boolean isSilent(Input input) {
        return input.entries().isEmpty();
    }

    private static boolean fits(Input input, Known known) {
        if (input.entries().isEmpty()) return false;
        var entry = input.entries().getFirst();
        return entry.registration() == hash("registration=", known.registration())
                && entry.sample() == hash("sample=", known.sample())
                && entry.reputation() == hash("reputation=", known.reputation())
                && entry.home() == hash("home=", known.home());
    }

    private static int hash(String name, String value) {
        return (name + value).hashCode();
    }

    private void process(Input input) throws IOException {
        var place = input.feed().place;
        var isForgetting = place.topic().equals(Topics.NODES)
                && input.record().value() == null
                && input.entries().isEmpty();
        if (isForgetting) nodes.forget(node(input));
        else input.feed().judge.compare(input.record(), input.entries(), nodes.apply(place, input.record()));
    }
}
