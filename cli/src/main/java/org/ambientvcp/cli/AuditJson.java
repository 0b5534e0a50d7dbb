package org.ambientvcp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.ambientvcp.audit.replay.AuditReport;

/// An audit's report as JSON.
final class AuditJson {
    private AuditJson() {}

    static JsonNode of(AuditReport report, double seconds) {
        var json = GatewayClient.JSON
                .createObjectNode()
                .put("verdict", report.verdict().name())
                .put("records", report.records())
                .put("seconds", seconds)
                .put("cells", report.cells())
                .put("digest", report.digest())
                .put("differenceCount", report.differenceCount());
        put(json.putObject("read"), report.read());
        put(json.putObject("compared"), report.compared());
        put(json.putObject("unprovable"), report.unprovable());
        put(json.putObject("pending"), report.pending());
        var ranges = json.putObject("offsets");
        report.ranges().forEach(ranges::put);
        var differences = json.putArray("differences");
        for (var difference : report.differences()) {
            var one = differences
                    .addObject()
                    .put("kind", difference.kind().name())
                    .put("topic", difference.topic())
                    .put("partition", difference.partition())
                    .put("offset", difference.offset())
                    .put("key", difference.key())
                    .put(
                            "cause",
                            difference.cause() == null
                                    ? null
                                    : difference.cause().toString())
                    .put("problem", difference.problem());
            var fields = one.putArray("fields");
            difference.fields().forEach(fields::add);
        }
        return json;
    }

    private static void put(ObjectNode json, Map<String, Long> counts) {
        counts.forEach(json::put);
    }
}
