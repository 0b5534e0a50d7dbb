package org.ambientvcp.audit.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.audit.log.LoggedRecord;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.CommitmentReceived;
import org.ambientvcp.events.GrantFunds;
import org.ambientvcp.events.NodeArrival;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TenantQuota;
import org.ambientvcp.events.VerdictReceived;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.Cause;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Reads one written partition into the index and says of every record that is out of place that it is. One thread.
final class IndexPass {
    private static final int HEADER = 5;
    private static final byte[] CAUSE = EventHeaders.CAUSE.getBytes(StandardCharsets.UTF_8);
    private static final String[] NOTHING = {};
    private static final byte[] KNOWN = EventHeaders.KNOWN.getBytes(StandardCharsets.UTF_8);

    private final ExportedLogs logs;
    private final LogPartition place;
    private final CauseIndex index;
    private final Findings findings;
    private final RecordHash hash = new RecordHash();
    private final Map<LogPartition, Line> lines = new HashMap<>();
    private @Nullable String lastRouting;
    private long lastRoutingKept;
    private long read;
    private long latest = Long.MIN_VALUE;
    private long earliest = Long.MAX_VALUE;

    /// What was made of one source, as it comes.
    private final class Line {
        private final LogPartition source;
        private final List<Run> runs = new ArrayList<>();
        private @Nullable Entry last;
        private @Nullable Entry secondLast;

        Line(LogPartition source) {
            this.source = source;
        }

        void add(Entry entry, LoggedRecord record) throws IOException {
            var before = last;
            if (before == null || order(entry, before) <= 0) {
                if (before != null && !Sources.atLeastOnce(source.topic())) outOfOrder(entry, before, record);
                runs.add(index.newRun(source, place));
            }
            runs.getLast().add(entry);
            secondLast = last;
            last = entry;
        }

        private void outOfOrder(Entry entry, Entry before, LoggedRecord record) {
            var displaced = !repeatedWith(entry, before) && (secondLast == null || order(entry, secondLast) > 0);
            var repeated = repeatedWith(entry, before);
            var wrong = displaced ? before : entry;
            findings.add(new Difference(
                    Difference.Kind.OUT_OF_ORDER,
                    place.topic().name(),
                    place.partition(),
                    wrong.offset(),
                    record.keyText(),
                    cause(wrong),
                    record.timestamp(),
                    repeated
                            ? "it stands twice: also at offset " + before.offset()
                            : "it stands " + (displaced ? "before" : "behind") + " offset "
                                    + (displaced ? entry : before).offset()
                                    + ", which was made " + (displaced ? "earlier" : "later"),
                    List.of()));
        }

        private boolean repeatedWith(Entry entry, Entry before) {
            return order(entry, before) == 0;
        }

        private Cause cause(Entry entry) {
            return new Cause(source.topic().name(), source.partition(), entry.causeOffset(), entry.number());
        }

        void end() throws IOException {
            for (var run : runs) run.end();
        }
    }

    IndexPass(ExportedLogs logs, LogPartition place, CauseIndex index, Findings findings) {
        this.logs = logs;
        this.place = place;
        this.index = index;
        this.findings = findings;
    }

    private static int order(Entry one, Entry other) {
        int byCause = Long.compare(one.causeOffset(), other.causeOffset());
        return byCause != 0 ? byCause : Integer.compare(one.number(), other.number());
    }

    void run() throws IOException {
        try (var reader = logs.read(place)) {
            for (var record = reader.next(); record != null; record = reader.next()) {
                read++;
                earliest = Math.min(earliest, record.timestamp());
                latest = Math.max(latest, record.timestamp());
                add(record);
            }
        }
        for (var line : lines.values()) line.end();
    }

    long records() {
        return read;
    }

    long earliest() {
        return earliest;
    }

    long latest() {
        return latest;
    }

    private void add(LoggedRecord record) throws IOException {
        if (place.topic().equals(Topics.CELL_SUMMARIES)) {
            summary(record);
            return;
        }
        var header = record.header(CAUSE);
        if (header == null) {
            withoutCause(record);
            return;
        }
        var cause = Cause.parse(header);
        var source = cause == null ? null : source(cause);
        if (cause == null || source == null) {
            wrong(
                    record,
                    null,
                    "its header " + EventHeaders.CAUSE + " names no input: "
                            + new String(header, StandardCharsets.UTF_8));
            return;
        }
        put(record, source, cause);
    }

    private @Nullable LogPartition source(Cause cause) {
        var topic = Topics.named(cause.topic()).orElse(null);
        return topic == null || !Sources.isSource(topic) || cause.partition() >= logs.count(topic)
                ? null
                : new LogPartition(topic, cause.partition());
    }

    private void put(LoggedRecord record, LogPartition source, Cause cause) throws IOException {
        var key = record.key();
        var value = record.value();
        if (key == null || value == null) {
            wrong(record, cause, "it has no " + (key == null ? "key" : "value"));
            return;
        }
        var hashed = hashed(record, key, value);
        if (place.topic().equals(Topics.CELL_COMMANDS) && source.topic().equals(Topics.LEDGER_COMMANDS)) {
            var routing = routed(record);
            enter(source, record, cause.offset(), cause.number(), hashed, (int) (routing >> 32), (int) routing, 0, 0);
            return;
        }
        var known = record.header(KNOWN);
        var knowledge = known == null ? NOTHING : new String(known, StandardCharsets.UTF_8).split(" ", 4);
        enter(
                source,
                record,
                cause.offset(),
                cause.number(),
                hashed,
                part(knowledge, 0),
                part(knowledge, 1),
                part(knowledge, 2),
                part(knowledge, 3));
    }

    /// All zero if the value cannot be read: nothing that rules give has that hash, so it will differ.
    private byte[] hashed(LoggedRecord record, byte[] key, byte[] value) {
        try {
            var other = logs.schemas().reencoded(place.topic(), value);
            var time = Brokers.stamp(place.topic()) ? 0 : record.timestamp();
            return hash.of(place, time, key, other == null ? value : other, other == null ? HEADER : 0);
        } catch (MalformedEventException malformed) {
            return new byte[RecordHash.BYTES];
        }
    }

    private void enter(
            LogPartition source,
            LoggedRecord record,
            long causeOffset,
            int number,
            byte[] hashed,
            int registration,
            int sample,
            int reputation,
            int home)
            throws IOException {
        var halves = ByteBuffer.wrap(hashed);
        var entry = new Entry(
                place,
                record.offset(),
                causeOffset,
                number,
                halves.getLong(),
                halves.getLong(),
                registration,
                sample,
                reputation,
                home);
        if (number != Entry.SUMMARY) index.answered(source, causeOffset);
        var line = lines.get(source);
        if (line == null) {
            line = new Line(source);
            lines.put(source, line);
        }
        line.add(entry, record);
    }

    private static int part(String[] knowledge, int number) {
        return knowledge.length <= number ? 0 : knowledge[number].hashCode();
    }

    /// A cell's summary names the last command in it; that is its cause.
    private void summary(LoggedRecord record) throws IOException {
        var value = record.value();
        var key = record.key();
        CellSummary summary = null;
        try {
            if (value != null && key != null) summary = logs.schemas().decode(Topics.CELL_SUMMARIES, value);
        } catch (MalformedEventException malformed) {
            // said below
        }
        if (summary == null
                || key == null
                || summary.getCell() >= logs.count(Topics.CELL_COMMANDS)
                || summary.getCell() < 0) {
            wrong(record, null, "it is no summary of a cell");
            return;
        }
        var source = new LogPartition(Topics.CELL_COMMANDS, summary.getCell());
        var body = AvroCodec.encode(summary);
        // The wall clock decides when a summary is written, and so its timestamp.
        enter(source, record, summary.getVersion(), Entry.SUMMARY, hash.of(place, 0, key, body, 0), 0, 0, 0, 0);
    }

    /// Where the offer's routing is kept; -1 = it names none.
    private long routed(LoggedRecord record) throws IOException {
        var header = record.headerText(EventHeaders.SUMMARIES);
        if (header == null) return -1;
        if (!header.equals(lastRouting)) {
            var routing = Routing.parse(header);
            if (routing == null) return -1;
            routing.versions().forEach(index::needSummary);
            lastRouting = header;
            lastRoutingKept = index.keepRouting(header);
        }
        return lastRoutingKept;
    }

    private void withoutCause(LoggedRecord record) {
        if (isFromOutside(record)) return;
        wrong(record, null, "rules write such records, and it does not say what it was made of");
    }

    /// Records that operators, users and the wall clock write.
    private boolean isFromOutside(LoggedRecord record) {
        if (place.topic().equals(Topics.DEAD_LETTERS)) return true; // of the services that are no rules
        if (record.value() == null
                && (place.topic().equals(Topics.NODE_HEALTH) || place.topic().equals(Topics.NODE_CELLS)))
            return true; // of a node that was silent for long; its place in stream time is not in the log
        if (!place.topic().equals(Topics.CELL_COMMANDS) && !place.topic().equals(Topics.LEDGER_COMMANDS)) return false;
        SpecificRecord body;
        try {
            var value = Objects.requireNonNullElse(record.value(), new byte[0]);
            Object read = place.topic().equals(Topics.CELL_COMMANDS)
                    ? logs.schemas().decode(Topics.CELL_COMMANDS, value).getBody()
                    : logs.schemas().decode(Topics.LEDGER_COMMANDS, value).getBody();
            body = (SpecificRecord) read;
        } catch (MalformedEventException malformed) {
            return true; // anybody could have put it there; the cell or the ledger refuses it
        }
        return place.topic().equals(Topics.LEDGER_COMMANDS)
                ? body instanceof GrantFunds || body instanceof TenantQuota
                : !(body instanceof NodeUpdate
                        || body instanceof NodeArrival
                        || body instanceof TaskOffer
                        || body instanceof CommitmentReceived
                        || body instanceof ResultReceived
                        || body instanceof VerdictReceived);
    }

    private void wrong(LoggedRecord record, @Nullable Cause cause, String problem) {
        findings.add(new Difference(
                Difference.Kind.WITHOUT_CAUSE,
                place.topic().name(),
                place.partition(),
                record.offset(),
                record.keyText(),
                cause,
                record.timestamp(),
                problem,
                List.of()));
    }
}
