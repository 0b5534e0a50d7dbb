package org.ambientvcp.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.ambientvcp.cli.GatewayClient;
import org.ambientvcp.cli.TaskReport;
import org.ambientvcp.cli.TaskWait;

/// The last step of the demo: a task that only the hot node could run waits, says why, and is cancelled.
final class HotNode {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private HotNode() {}

    static boolean isLeftAlone(GatewayClient gateway, Examples examples, int number, PrintWriter out)
            throws JsonProcessingException {
        DemoCommand.say(out, number + ". Only ember is in eu-south, and it runs hot: the task waits and says for what");
        var taskId = DemoCommand.post(
                gateway,
                examples,
                "primes/primes.wasm",
                "{\"entry\":{\"function\":\"count_primes\",\"arguments\":[\"i32:1000\"]},"
                        + "\"requirements\":{\"region\":\"eu-south\"}}",
                "");
        var queued = untilQueued(gateway, taskId);
        TaskReport.print(queued, out);
        gateway.delete("/v1/tasks/" + taskId);
        var ended = TaskWait.untilEnd(gateway, taskId, PATIENCE, out);
        var holds = rulesOut(queued, "breaker") && ended.path("state").asText().equals("CANCELLED");
        DemoCommand.say(
                out,
                (holds ? "as expected" : "NOT as expected") + ": queued because of the breaker, then cancelled"
                        + System.lineSeparator());
        return holds;
    }

    private static JsonNode untilQueued(GatewayClient gateway, String taskId) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var seen = 0L;
        while (true) {
            var status = gateway.find("/v1/tasks/" + taskId + "?waitMillis=1000&seen=" + seen);
            if (status.isPresent()) {
                seen = status.get().path("updatedAtEpochMillis").asLong();
                if (rulesOut(status.get(), "breaker") || System.nanoTime() > deadline) return status.get();
            } else if (System.nanoTime() > deadline) return GatewayClient.JSON.createObjectNode();
        }
    }

    private static boolean rulesOut(JsonNode status, String rule) {
        return StreamSupport.stream(status.path("waiting").spliterator(), false)
                .anyMatch(filtered -> filtered.path("rule").asText().equals(rule)
                        && filtered.path("nodes").asInt() > 0);
    }
}
