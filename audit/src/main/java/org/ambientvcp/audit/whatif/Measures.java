package org.ambientvcp.audit.whatif;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.Payment;
import org.ambientvcp.events.SettleTask;
import org.ambientvcp.events.SlashNode;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.scheduler.cell.Effects;
import org.ambientvcp.telemetry.energy.CarbonIntensity;

/// Counts what became of the tasks of a log, real or not. Memory grows with the number of tasks: 16 bytes for each that
/// ended. One thread.
final class Measures {
    /// Tasks that have not ended: when they were offered, and first leased; -1 = not yet.
    private final Map<String, long[]> open = new HashMap<>();

    private final Samples waits = new Samples();
    private final Samples lives = new Samples();
    private final Map<String, Share> nodes = new TreeMap<>();
    private long offered;
    private long accepted;
    private long leases;
    private long paid;
    private long payments;
    private long slashed;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    private static final class Share {
        private int slots = 1;
        private String region = CarbonIntensity.WORLD;
        private long runs;
        private long busyMillis;
        private long microjoules;
    }

    /// Numbers, to be sorted.
    private static final class Samples {
        private long[] values = new long[64];
        private int count;

        void add(long value) {
            if (count == values.length) values = Arrays.copyOf(values, 2 * count);
            values[count++] = value;
        }

        /// The smallest value that so many of 100 are not above; 0 if there is none.
        long percentile(int percent) {
            if (count == 0) return 0;
            var sorted = Arrays.copyOf(values, count);
            Arrays.sort(sorted);
            return sorted[(int) (((long) count * percent + 99) / 100) - 1];
        }
    }

    void node(NodeUpdate update) {
        var share = share(update.getNodeId());
        share.slots = Math.max(1, update.getSlots());
        share.region = update.getRegion();
    }

    private Share share(String nodeId) {
        return nodes.computeIfAbsent(nodeId, unknown -> new Share());
    }

    /// A task reaches its first cell.
    void offer(TaskOffer offer, long at) {
        if (open.putIfAbsent(offer.getTask().getTaskId(), new long[] {at, -1}) == null) offered++;
    }

    void time(long at) {
        first = Math.min(first, at);
        last = Math.max(last, at);
    }

    void effects(Effects effects, long at) {
        for (var output : effects.assignments()) {
            if (output.value().getKind() != AssignmentKind.EXECUTE) continue;
            leases++;
            var times = open.get(output.value().getTaskId());
            if (times != null && times[1] < 0) {
                times[1] = at;
                waits.add(at - times[0]);
            }
        }
        for (var output : effects.statuses()) {
            var times = open.get(output.value().getTaskId());
            if (times == null) continue;
            switch (output.value().getState()) {
                case ACCEPTED -> {
                    accepted++;
                    lives.add(at - times[0]);
                    open.remove(output.value().getTaskId());
                }
                case FAILED, CANCELLED, REJECTED -> open.remove(output.value().getTaskId());
                case QUEUED, LEASED, VERIFYING -> {}
            }
        }
        for (var output : effects.ledger()) {
            if (output.value().getBody() instanceof SettleTask settled) {
                payments += settled.getPayments().size();
                paid += settled.getPayments().stream()
                        .mapToLong(Payment::getAmountMicros)
                        .sum();
            } else if (output.value().getBody() instanceof SlashNode slash) slashed += slash.getAmountMicros();
        }
    }

    /// A run has come to its end.
    void ran(ObservedRun run) {
        var share = share(run.nodeId());
        share.runs++;
        share.busyMillis += run.millis();
        share.microjoules += run.microjoules();
    }

    Outcome outcome(CarbonIntensity carbon) {
        var span = Math.max(1, last - first);
        long runs = 0;
        long microjoules = 0;
        long micrograms = 0;
        long used = 0;
        long busyPpm = 0;
        long busiestPpm = 0;
        for (var share : nodes.values()) {
            runs += share.runs;
            microjoules += share.microjoules;
            micrograms += CarbonIntensity.micrograms(share.microjoules, carbon.milligramsPerKwh(share.region));
            if (share.runs > 0) used++;
            var ppm = share.busyMillis * 1_000_000 / (span * share.slots);
            busyPpm += ppm;
            busiestPpm = Math.max(busiestPpm, ppm);
        }
        return new Outcome(
                offered,
                accepted,
                offered - accepted - open.size(),
                open.size(),
                leases,
                waits.percentile(50),
                waits.percentile(99),
                lives.percentile(50),
                lives.percentile(99),
                used,
                nodes.isEmpty() ? 0 : busyPpm / nodes.size(),
                busiestPpm,
                paid,
                slashed,
                Math.max(0, runs - payments),
                microjoules,
                micrograms);
    }
}
