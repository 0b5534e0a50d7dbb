package org.ambientvcp.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import org.ambientvcp.audit.why.TaskStory;
import org.ambientvcp.scheduler.cell.Judgement;
import org.apache.avro.specific.SpecificRecord;

/// A task's story as JSON: records by Avro's own JSON, in which a union's value names its branch.
final class StoryJson {
    private StoryJson() {}

    static JsonNode of(TaskStory story) {
        var json = GatewayClient.JSON.createObjectNode().put("taskId", story.taskId());
        var steps = json.putArray("steps");
        for (var step : story.steps()) {
            var one = steps.addObject()
                    .put("cell", step.cell())
                    .put("offset", step.offset())
                    .put("atEpochMillis", step.atEpochMillis())
                    .put("command", step.command())
                    .put("nodeId", step.nodeId());
            var leases = one.putArray("leases");
            for (var lease : step.leases()) leases.add(json(lease));
            put(one.putArray("nodes"), step.nodes());
            if (step.job() != null) {
                one.put("reexecute", step.job().getReexecute());
                one.put("reexecutePpm", step.job().getReexecutePpm());
            }
            if (step.status() != null) one.set("status", json(step.status()));
            var refusals = one.putArray("refusals");
            step.refusals().forEach(refusals::add);
        }
        put(json.putArray("waiting"), story.waiting());
        if (story.last() != null) json.set("last", json(story.last()));
        return json;
    }

    private static void put(ArrayNode array, List<Judgement> nodes) {
        for (var node : nodes)
            array.addObject()
                    .put("nodeId", node.nodeId())
                    .put("name", node.name())
                    .put("rule", node.rule())
                    .put("scorePpm", node.scorePpm())
                    .put("busySlots", node.busySlots())
                    .put("slots", node.slots());
    }

    private static JsonNode json(SpecificRecord record) {
        try {
            return GatewayClient.JSON.readTree(record.toString());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible); // Avro writes JSON
        }
    }
}
