package org.ambientvcp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Waits for a task's end and says on the way what happens to it.
public final class TaskWait {
    private static final Set<String> ENDS = Set.of("ACCEPTED", "FAILED", "REJECTED", "CANCELLED");
    private static final long POLL_MILLIS = 10_000;

    private TaskWait() {}

    /// Whether a status is final.
    public static boolean isEnd(JsonNode status) {
        return ENDS.contains(status.path("state").asText());
    }

    /// Follows a task until its end or until the time is over; the last status seen.
    ///
    /// @param progress where each change is told; a line per change
    /// @throws CommandFailure if no status appears in time
    public static JsonNode untilEnd(GatewayClient gateway, String taskId, Duration timeout, PrintWriter progress) {
        var deadline = System.nanoTime() + timeout.toNanos();
        var seen = 0L;
        var told = "";
        Optional<JsonNode> status = Optional.empty();
        while (System.nanoTime() < deadline) {
            var left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
            status = gateway.find("/v1/tasks/" + GatewayClient.escape(taskId) + "?waitMillis="
                    + Math.min(POLL_MILLIS, left) + "&seen=" + seen);
            if (status.isEmpty()) continue; // submitted, and no cell has said anything yet
            seen = status.get().path("updatedAtEpochMillis").asLong();
            var line = line(status.get());
            if (!line.equals(told)) {
                progress.println("  " + line);
                progress.flush();
                told = line;
            }
            if (isEnd(status.get())) return status.get();
        }
        return status.orElseThrow(() -> new CommandFailure(
                ExitCode.FAILED, "No status of task " + taskId + " after " + timeout.toSeconds() + " s."));
    }

    /// One line about where a task stands.
    static String line(JsonNode status) {
        var state = status.path("state").asText();
        var reason = status.path("reason").asText("");
        var text = new StringBuilder(state.toLowerCase(Locale.ROOT));
        if (state.equals("LEASED") || state.equals("VERIFYING")) {
            var names = new TreeSet<String>();
            status.path("replicas")
                    .forEach(replica -> names.add(replica.path("nodeName").asText()));
            text.append(" on ").append(String.join(", ", names));
        }
        if (status.path("attempt").asInt() > 1)
            text.append(", attempt ").append(status.path("attempt").asInt());
        if (!reason.isEmpty()) text.append(": ").append(reason);
        return text.toString();
    }
}
