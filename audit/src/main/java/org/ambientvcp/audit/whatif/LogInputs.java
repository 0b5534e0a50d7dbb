package org.ambientvcp.audit.whatif;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LogFileReader;
import org.ambientvcp.audit.log.LoggedRecord;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.CellSplit;
import org.ambientvcp.events.NodeMove;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.TaskCancel;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// What came to the cells from outside, by time: nodes' states, new tasks, cancellations, settings and operators'
/// orders. What answers a decision is left out: another strategy decides otherwise. One thread.
final class LogInputs implements AutoCloseable {
    private static final byte[] CAUSE = EventHeaders.CAUSE.getBytes(StandardCharsets.UTF_8);

    /// @param cell partition it stands in
    record Input(int cell, long at, CellCommand command) {}

    private final ExportedLogs logs;
    private final List<Feed> feeds = new ArrayList<>();
    private final PriorityQueue<Feed> heads =
            new PriorityQueue<>(Comparator.comparingLong(Feed::at).thenComparingInt(feed -> feed.cell));
    private long last = Long.MIN_VALUE;

    private final class Feed {
        private final int cell;
        private final LogFileReader reader;
        private @Nullable Input head;
        private long now = Long.MIN_VALUE;

        Feed(int cell, LogFileReader reader) {
            this.cell = cell;
            this.reader = reader;
        }

        long at() {
            return head == null ? Long.MAX_VALUE : head.at();
        }

        boolean advance() throws IOException {
            head = null;
            for (var record = reader.next();
                    record != null && head == null;
                    record = head == null ? reader.next() : null) {
                now = Math.max(now, record.eventTime());
                last = Math.max(last, now);
                var command = Commands.read(logs, record);
                if (command != null && isFromOutside(record, command)) head = new Input(cell, now, command);
            }
            return head != null;
        }
    }

    LogInputs(ExportedLogs logs) throws IOException {
        this.logs = logs;
        for (var place : logs.partitions(Topics.CELL_COMMANDS)) {
            var feed = new Feed(place.partition(), logs.read(place));
            feeds.add(feed);
            if (feed.advance()) heads.add(feed);
        }
    }

    private static boolean isFromOutside(LoggedRecord record, CellCommand command) {
        return switch (command.getBody()) {
            case NodeUpdate _, TaskCancel _, CellConfig _, CellSplit _ -> true;
            case TaskOffer offer -> offer.getPassedBy().isEmpty();
            case NodeMove _ -> record.header(CAUSE) == null; // else it followed the node
            default -> false;
        };
    }

    /// When the next one comes; [Long#MAX_VALUE] if none does.
    long nextAt() {
        var first = heads.peek();
        return first == null ? Long.MAX_VALUE : first.at();
    }

    /// The next one; null behind the last.
    @Nullable
    Input take() throws IOException {
        var first = heads.poll();
        if (first == null) return null;
        var input = first.head;
        if (first.advance()) heads.add(first);
        return input;
    }

    /// Time of the last record read, of any kind.
    long last() {
        return last;
    }

    @Override
    public void close() throws IOException {
        for (var feed : feeds) feed.reader.close();
    }
}
