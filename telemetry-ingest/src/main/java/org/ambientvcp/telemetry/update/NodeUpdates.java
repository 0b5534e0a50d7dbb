package org.ambientvcp.telemetry.update;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.events.NodeHealth;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.NodeRole;
import org.ambientvcp.events.NodeUpdate;
import org.jspecify.annotations.Nullable;

/// When a cell hears of a node, and what.
///
/// A cell is told when the registration or the breaker changes, when the score has moved by a step since
/// it was last told, and when the node's lease can be prolonged by one telemetry interval or more. The
/// lease always counts from the last sample: what is not telemetry, a verdict above all, tells the cell
/// news but prolongs nothing, or a node that is gone would come back by its last result.
public final class NodeUpdates {
    private static final int MISSED_SAMPLES = 3;
    private static final int LEASE_SLACK_MILLIS = 1_000;

    /// What to send, and what to remember as sent.
    ///
    /// @param updates in order, none twice
    /// @param sent the last update that was sent; null: no cell knows the node
    public record Due(List<SentUpdate> updates, @Nullable SentUpdate sent) {
        public Due {
            updates = List.copyOf(updates);
        }
    }

    private NodeUpdates() {}

    /// @param sent the last update that was sent; null: none
    /// @param nowMillis event time, not before the last sample
    /// @param stepPpm a score that moves by this is news
    public static Due due(
            @Nullable SentUpdate sent, NodeRegistration registration, NodeHealth health, long nowMillis, int stepPpm) {
        var updates = new ArrayList<SentUpdate>();
        var belongs = registration.getRole() == NodeRole.EXECUTOR;
        var last = sent;
        if (last != null && (!belongs || last.cell() != registration.getCell())) {
            updates.add(withdrawal(last, nowMillis));
            last = null;
        }
        if (belongs) {
            var update = update(registration, health, nowMillis);
            if (update.update().getLeaseMillis() > 0
                    && (last == null || isNews(last, update, registration.getTelemetryIntervalMillis(), stepPpm))) {
                updates.add(update);
                last = update;
            }
        }
        return new Due(updates, last);
    }

    /// Three missed samples and a second end a lease.
    static int leaseMillis(NodeRegistration registration) {
        return MISSED_SAMPLES * registration.getTelemetryIntervalMillis() + LEASE_SLACK_MILLIS;
    }

    private static boolean isNews(SentUpdate last, SentUpdate update, int intervalMillis, int stepPpm) {
        var before = last.update();
        var after = update.update();
        return before.getBreaker() != after.getBreaker()
                || Math.abs(after.getScorePpm() - before.getScorePpm()) >= stepPpm
                || update.leaseEndsAtEpochMillis() - last.leaseEndsAtEpochMillis() >= intervalMillis
                || !isSameNode(before, after);
    }

    private static boolean isSameNode(NodeUpdate before, NodeUpdate after) {
        return before.getName().equals(after.getName())
                && before.getOwnerId().equals(after.getOwnerId())
                && before.getRegion().equals(after.getRegion())
                && before.getNodeType() == after.getNodeType()
                && before.getCapabilities().equals(after.getCapabilities())
                && before.getSlots() == after.getSlots();
    }

    private static SentUpdate withdrawal(SentUpdate last, long nowMillis) {
        return new SentUpdate(
                NodeUpdate.newBuilder(last.update()).setLeaseMillis(0).build(), last.cell(), nowMillis);
    }

    private static SentUpdate update(NodeRegistration registration, NodeHealth health, long nowMillis) {
        var left = health.getSampledAtEpochMillis() + leaseMillis(registration) - nowMillis;
        return new SentUpdate(
                NodeUpdate.newBuilder()
                        .setNodeId(registration.getNodeId())
                        .setName(registration.getName())
                        .setOwnerId(registration.getOwnerId())
                        .setRegion(registration.getRegion())
                        .setNodeType(registration.getNodeType())
                        .setCapabilities(registration.getCapabilities())
                        .setSlots(registration.getSlots())
                        .setScorePpm(health.getScorePpm())
                        .setLatencyMicros(health.getSmoothedLatencyMicros())
                        .setBreaker(health.getBreaker())
                        .setBreakerReason(health.getBreakerReason())
                        .setLeaseMillis((int) Math.max(0, left))
                        .build(),
                registration.getCell(),
                nowMillis);
    }
}
