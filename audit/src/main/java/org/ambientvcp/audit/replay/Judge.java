package org.ambientvcp.audit.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.audit.log.LoggedRecord;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.Cause;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.Topic;
import org.apache.kafka.common.utils.Utils;

/// Compares what the rules give for the inputs of one source partition with what the topics hold. One thread.
final class Judge implements AutoCloseable {
    /// Differences that are looked into, field by field; the others are only named.
    private static final int MOST_DECODED = 5;

    private final ExportedLogs logs;
    private final LogPartition source;
    private final Answers answers;
    private final Findings findings;
    private final boolean repeats;
    private final long from;
    /// Inputs from here on may not have been answered yet.
    private final long answeredBelow;

    private final RecordHash hash = new RecordHash();
    private final MessageDigest digest = Sha256.newDigest();
    private final Map<Topic<?>, Long> compared = new HashMap<>();
    private final Map<Superseded, Difference> awaited = new HashMap<>();
    private final EnumMap<Difference.Kind, Integer> decoded = new EnumMap<>(Difference.Kind.class);
    private final Map<LogPartition, Entry> latest = new HashMap<>();
    private final Map<LogPartition, Entry> beforeLatest = new HashMap<>();
    private long pending;
    private long expired;
    private long compacted;

    /// A record of a compacted topic that is not there: right if a later one of its key is.
    private record Superseded(LogPartition place, String key) {}

    /// @param from offset of the first input that is judged: a replay from a checkpoint
    Judge(ExportedLogs logs, LogPartition source, long from, CauseIndex index, Findings findings) throws IOException {
        this.logs = logs;
        this.source = source;
        this.from = from;
        this.findings = findings;
        answers = index.answers(source);
        repeats = Sources.atLeastOnce(source.topic());
        var position = Sources.position(logs, source);
        answeredBelow = Math.max(position == null ? 0 : position, index.lastCause(source) + 1);
    }

    /// Whether the application had answered an input when the logs were read; counts those that it had not.
    boolean isAnswered(LoggedRecord input) {
        if (input.offset() < answeredBelow) return true;
        pending++;
        return false;
    }

    /// Takes what was made of an input. Inputs are asked for in the order of their offsets, each once.
    List<Entry> answersTo(long offset) throws IOException {
        strays(answers.takeBelow(offset));
        return answers.takeBelow(offset + 1);
    }

    /// What was made of inputs that the log does not have.
    private void strays(List<Entry> entries) {
        var first = logs.range(source).first();
        for (var entry : entries) {
            if (entry.causeOffset() < from) continue; // before the checkpoint, or the summary of an empty cell
            if (entry.causeOffset() < first) expired++;
            else
                add(
                        Difference.Kind.WITHOUT_CAUSE,
                        entry,
                        "",
                        Long.MAX_VALUE, // whatever shows why the input is gone comes before
                        "its input is not in the log",
                        List.of());
        }
    }

    /// An application that reads twice may write twice, but what it writes for the first time is in the order of its
    /// inputs.
    private void requireOrder(Entry entry, LoggedRecord input) {
        var last = latest.put(entry.place(), entry);
        var secondLast = last == null ? null : beforeLatest.put(entry.place(), last);
        if (last == null || last.offset() < entry.offset()) return;
        var displaced = secondLast == null || secondLast.offset() < entry.offset();
        var wrong = displaced ? last : entry;
        add(
                Difference.Kind.OUT_OF_ORDER,
                wrong,
                "",
                input.timestamp(),
                "it stands " + (displaced ? "behind" : "before") + " offset "
                        + (displaced ? entry : last).offset() + ", which was made "
                        + (displaced ? "later" : "earlier"),
                List.of());
    }

    /// Compares.
    ///
    /// @param entries as [#answersTo] gave them, without summaries
    void compare(LoggedRecord input, List<Entry> entries, List<Expected> expected) throws IOException {
        if (repeats && !entries.isEmpty()) requireOrder(entries.getFirst(), input);
        int next = 0;
        for (int number = 0; number < expected.size(); number++) {
            var wanted = expected.get(number);
            var place = place(wanted);
            var bytes = hashed(place, wanted);
            while (next < entries.size() && entries.get(next).number() < number) extra(entries.get(next++), input);
            if (next == entries.size() || entries.get(next).number() > number) {
                missing(place, wanted, input, number);
                continue;
            }
            for (boolean first = true;
                    next < entries.size() && entries.get(next).number() == number;
                    first = false, next++) {
                var entry = entries.get(next);
                compared.merge(entry.place().topic(), 1L, Long::sum);
                arrived(entry.place(), wanted.key());
                if (!entry.place().equals(place) || !entry.hasHash(bytes)) differs(entry, place, wanted, input);
                else if (!first && !repeats) extra(entry, input);
            }
        }
        while (next < entries.size()) extra(entries.get(next++), input);
    }

    private LogPartition place(Expected wanted) {
        if (wanted.partition() >= 0) return new LogPartition(wanted.topic(), wanted.partition());
        var key = wanted.key().getBytes(StandardCharsets.UTF_8);
        return new LogPartition(
                wanted.topic(), Utils.toPositive(Utils.murmur2(key)) % Math.max(1, logs.count(wanted.topic())));
    }

    private byte[] hashed(LogPartition place, Expected wanted) {
        var bytes = hash.of(
                place,
                Brokers.stamp(place.topic()) ? 0 : wanted.timestamp(),
                wanted.key().getBytes(StandardCharsets.UTF_8),
                AvroCodec.encode(wanted.value()),
                0);
        digest.update(bytes, 0, RecordHash.BYTES);
        return bytes;
    }

    private void arrived(LogPartition place, String key) {
        if (!awaited.isEmpty() && awaited.remove(new Superseded(place, key)) != null) compacted++;
    }

    private void missing(LogPartition place, Expected wanted, LoggedRecord input, int number) {
        if (logs.count(place.topic()) == 0) {
            findings.unprovable(place.topic().name() + " is not in the export", 1);
            return;
        }
        var difference = new Difference(
                Difference.Kind.MISSING,
                place.topic().name(),
                place.partition(),
                -1,
                wanted.key(),
                cause(input.offset(), number),
                input.timestamp(),
                "the rules give it, it is not there",
                List.of(wanted.value().toString()));
        if (logs.isWhole(place)) findings.add(difference);
        else if (Brokers.compact(place.topic())) {
            if (awaited.put(new Superseded(place, wanted.key()), difference) != null) compacted++;
        } else if (logs.range(place).first() > 0) expired++;
        else findings.add(difference);
    }

    private void differs(Entry entry, LogPartition place, Expected wanted, LoggedRecord input) throws IOException {
        if (!entry.place().equals(place)) {
            add(
                    Difference.Kind.EXTRA,
                    entry,
                    wanted.key(),
                    input.timestamp(),
                    "the rules give " + place + " as its place",
                    List.of());
            return;
        }
        var fields = new ArrayList<String>();
        if (decoded.merge(Difference.Kind.DIFFERS, 1, Integer::sum) <= MOST_DECODED) {
            var record = logs.record(entry.place(), entry.offset());
            if (record != null) fields.addAll(fields(record, wanted));
        }
        add(
                Difference.Kind.DIFFERS,
                entry,
                wanted.key(),
                input.timestamp(),
                "its bytes are not what the rules give",
                fields);
    }

    private List<String> fields(LoggedRecord record, Expected wanted) {
        var fields = new ArrayList<String>();
        if (!wanted.key().equals(record.keyText()))
            fields.add("key: the topic holds " + record.keyText() + ", the rules give " + wanted.key());
        if (!record.appendTime() && record.timestamp() != wanted.timestamp())
            fields.add("timestamp: the topic holds " + record.timestamp() + ", the rules give " + wanted.timestamp());
        try {
            if (record.value() != null)
                fields.addAll(FieldDiff.between(logs.schemas().decode(wanted.topic(), record.value()), wanted.value()));
        } catch (MalformedEventException malformed) {
            fields.add("it cannot be read: " + malformed.getMessage());
        }
        return fields;
    }

    private void extra(Entry entry, LoggedRecord input) {
        add(Difference.Kind.EXTRA, entry, "", input.timestamp(), "the rules give no such record", List.of());
    }

    private void add(
            Difference.Kind kind, Entry entry, String key, long timestamp, String problem, List<String> fields) {
        findings.add(new Difference(
                kind,
                entry.place().topic().name(),
                entry.place().partition(),
                entry.offset(),
                key.isEmpty() ? null : key,
                cause(entry.causeOffset(), entry.number()),
                timestamp,
                problem,
                fields));
    }

    private Cause cause(long offset, int number) {
        return new Cause(source.topic().name(), source.partition(), offset, number);
    }

    /// No input follows.
    @Override
    public void close() throws IOException {
        try (answers) {
            strays(answers.takeBelow(Long.MAX_VALUE));
        }
        awaited.values().forEach(findings::add);
        compared.forEach(findings::compared);
        findings.pending(source.toString(), pending);
        if (expired > 0) findings.unprovable("records whose input, or that themselves, expired by retention", expired);
        if (compacted > 0) findings.unprovable("records that compaction removed; what is left was compared", compacted);
        findings.digest(source.toString(), HexFormat.of().formatHex(digest.digest()));
    }

    /// A cell's summary, which has no place among the answers.
    void compareSummary(Entry entry, Expected wanted, long timestamp) throws IOException {
        compared.merge(entry.place().topic(), 1L, Long::sum);
        var bytes = hash.of(
                entry.place(), 0, wanted.key().getBytes(StandardCharsets.UTF_8), AvroCodec.encode(wanted.value()), 0);
        if (!entry.hasHash(bytes))
            differs(
                    entry,
                    place(wanted),
                    wanted,
                    new LoggedRecord(entry.causeOffset(), timestamp, true, null, null, new byte[0]));
    }
}
