package org.ambientvcp.gateway.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.ambientvcp.events.AccountBalance;
import org.ambientvcp.events.CellSplit;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.DeadLetter;
import org.ambientvcp.events.GrantFunds;
import org.ambientvcp.events.LedgerEntry;
import org.ambientvcp.events.ModuleInfo;
import org.ambientvcp.events.NodeHealth;
import org.ambientvcp.events.NodeMove;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.events.TenantQuota;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.gateway.json.JsonShapes;
import org.ambientvcp.gateway.json.StrictJson;
import org.jspecify.annotations.Nullable;

/// The OpenAPI 3.0 document: the routes as the compiler read them from their annotations, and the shapes of their
/// JSON from the Avro contracts.
final class OpenApiDocument {
    /// Where the annotation processor puts what it read.
    private static final String ROUTES = "/openapi-plugin/openapi-default.json";

    private final Map<String, ObjectNode> shapes = new TreeMap<>();

    private OpenApiDocument() {}

    static byte[] bytes() {
        var document = StrictJson.object(DocumentationRoutes.resource(ROUTES));
        document.withObject("/info")
                .put(
                        "description",
                        "Verifiable computation on untrusted machines. Errors are problem+json (RFC 9457).");
        for (var path : document.withObject("/paths").properties())
            for (var operation : path.getValue().properties())
                complete(path.getKey(), (ObjectNode) operation.getValue());
        var components = document.putObject("components");
        var schemas = components.putObject("schemas");
        new OpenApiDocument().allShapes().forEach(schemas::set);
        var security = components.putObject("securitySchemes");
        security.putObject("bearer").put("type", "http").put("scheme", "bearer");
        security.putObject("apiKey").put("type", "apiKey").put("in", "header").put("name", "X-API-Key");
        return StrictJson.bytes(document);
    }

    /// What all routes have in common: they may refuse, and those below /v1 want a key.
    private static void complete(String path, ObjectNode operation) {
        operation
                .withObject("/responses")
                .putObject("default")
                .put("description", "refused")
                .putObject("content")
                .putObject(Problem.MEDIA_TYPE)
                .putObject("schema")
                .put("$ref", JsonShapes.reference("Problem"));
        var security = operation.putArray("security");
        if (!path.startsWith("/v1/")) return;
        security.addObject().putArray("bearer");
        security.addObject().putArray("apiKey");
    }

    private Map<String, ObjectNode> allShapes() {
        JsonShapes.add(shapes, TaskStatus.class);
        JsonShapes.add(shapes, ModuleInfo.class);
        JsonShapes.add(shapes, AccountBalance.class);
        JsonShapes.add(shapes, VerificationJob.class);
        JsonShapes.add(shapes, NodeHealth.class);
        JsonShapes.add(shapes, NodeRegistration.class);
        JsonShapes.add(shapes, Reputation.class);
        JsonShapes.add(shapes, CellSummary.class);
        JsonShapes.add(shapes, DeadLetter.class);
        JsonShapes.add(shapes, LedgerEntry.class);
        JsonShapes.add(shapes, Signed.class);
        requests();
        page("TaskPage", "tasks", "TaskStatus", page -> text(page, "next").put("nullable", true));
        page("ModulePage", "modules", "ModuleInfo", page -> {});
        page("NodePage", "nodes", "Node", page -> {});
        page("AccountPage", "accounts", "AccountBalance", page -> {});
        page("EntryPage", "entries", "LedgerEntry", page -> {});
        page("DeadLetterPage", "deadLetters", "DeadLetter", page -> {});
        page("CellPage", "cells", "CellSummary", page -> {});
        page("TenantPage", "tenants", "Tenant", page -> {});
        page("TopicPage", "topics", "Topic", page -> {});
        answers();
        return shapes;
    }

    private void requests() {
        var task = new TreeMap<String, ObjectNode>();
        JsonShapes.add(task, Task.class);
        JsonShapes.add(task, GrantFunds.class);
        JsonShapes.add(task, TenantQuota.class);
        JsonShapes.add(task, NodeMove.class);
        JsonShapes.add(task, CellSplit.class);
        var request = without(task.get("Task"), TaskRequest.SET_BY_GATEWAY.toArray(String[]::new));
        optional(request, "taskId", "tenant", "limits", "requirements", "verification");
        var input = request.withObject("/properties").putObject("input").put("nullable", true);
        input.put("description", "Up to 16 KiB stays in the task, more goes to the blob store.");
        var forms = input.putArray("oneOf");
        for (var form : new String[] {"base64", "text"})
            JsonShapes.property(JsonShapes.object(forms.addObject(), form), form)
                    .put("type", "string");
        var blob = JsonShapes.object(forms.addObject(), "sha256");
        text(blob, "sha256");
        number(blob, "sizeBytes");
        var verification = without(task.get("Verification"));
        optional(verification, "level");
        shapes.put("VerificationRequest", verification);
        JsonShapes.property(request, "verification").put("$ref", JsonShapes.reference("VerificationRequest"));
        shapes.put("TaskRequest", request);
        var grant = without(task.get("GrantFunds"), "requestedBy");
        optional(grant, "grantId");
        shapes.put("GrantRequest", grant);
        shapes.put("QuotaRequest", without(task.get("TenantQuota"), "tenant"));
        var move = without(task.get("NodeMove"), "nodeId", "requestedBy");
        optional(move, "drainMillis");
        shapes.put("MoveRequest", move);
        var split = without(task.get("CellSplit"), "requestedBy");
        optional(split, "splitId", "region", "drainMillis");
        shapes.put("SplitRequest", split);
    }

    private void answers() {
        var taken = shape("TaskAccepted", "taskId", "tenant");
        text(taken, "taskId");
        text(taken, "tenant");
        var granted = shape("GrantAccepted", "grantId", "account", "amountMicros");
        text(granted, "grantId");
        text(granted, "account");
        number(granted, "amountMicros");
        var tenant = shape("Tenant", "tenant", "balanceMicros", "heldMicros");
        text(tenant, "tenant");
        number(tenant, "tasksInFlight");
        number(tenant, "maxTasksInFlight");
        number(tenant, "balanceMicros");
        number(tenant, "heldMicros");
        var quota = shape("QuotaAccepted", "tenant", "maxTasksInFlight");
        text(quota, "tenant");
        number(quota, "maxTasksInFlight");
        var moved = shape("MoveAccepted", "nodeId", "fromCell", "toCell");
        text(moved, "nodeId");
        number(moved, "fromCell");
        number(moved, "toCell");
        var split = shape("SplitAccepted", "splitId", "cell", "toCell");
        text(split, "splitId");
        number(split, "cell");
        number(split, "toCell");
        var node = shape("Node", "nodeId", "registration", "health", "reputation", "balanceMicros");
        text(node, "nodeId");
        nullable(node, "registration", "NodeRegistration");
        nullable(node, "health", "NodeHealth");
        nullable(node, "reputation", "Reputation");
        number(node, "balanceMicros");
        open(
                "Topic",
                "name, subject, type, key, partitioning, cleanup, retentionMillis, writers, purpose, signedDomain");
        open(
                "Stats",
                "nodes, tasks, cells, freeSlots, queuedTasks, leasedTasks, modules, throughput; see docs/rest.md");
        open("Health", "status UP or DOWN, and the services");
        evidence();
        var problem = shape("Problem", "type", "title", "status", "detail");
        text(problem, "type");
        text(problem, "title");
        number(problem, "status");
        text(problem, "detail");
        text(problem, "field").put("description", "the first field that is wrong");
        text(problem, "id").put("description", "of an unexpected error, to find it in the log by");
        var error = JsonShapes.object(JsonShapes.array(JsonShapes.property(problem, "errors")), "field", "message");
        text(error, "field");
        text(error, "message");
    }

    private void evidence() {
        var evidence = shape("Evidence", "taskId", "commitments", "results", "traces", "verdicts", "jobs");
        text(evidence, "taskId");
        for (var kind : new String[] {"commitments", "results", "traces", "verdicts"})
            JsonShapes.array(JsonShapes.property(evidence, kind)).put("$ref", JsonShapes.reference("SignedEvidence"));
        var signed = shape("SignedEvidence", "partition", "offset", "timestampEpochMillis", "signed", "valid");
        place(signed);
        JsonShapes.property(signed, "signed").put("$ref", JsonShapes.reference("Signed"));
        JsonShapes.property(signed, "valid").put("type", "boolean");
        text(signed, "reason").put("description", "why it is not valid");
        JsonShapes.property(signed, "event").put("type", "object").put("description", "the decoded payload, if valid");
        var job = JsonShapes.object(
                JsonShapes.array(JsonShapes.property(evidence, "jobs")),
                "partition",
                "offset",
                "timestampEpochMillis",
                "singleObject",
                "event");
        place(job);
        text(job, "singleObject").put("format", "byte").put("description", "VerificationJob, Avro single-object");
        JsonShapes.property(job, "event").put("$ref", JsonShapes.reference("VerificationJob"));
    }

    private static void place(ObjectNode shape) {
        number(shape, "partition");
        number(shape, "offset");
        number(shape, "timestampEpochMillis");
    }

    private void page(String name, String list, String item, Consumer<ObjectNode> more) {
        var page = shape(name, list);
        JsonShapes.array(JsonShapes.property(page, list)).put("$ref", JsonShapes.reference(item));
        more.accept(page);
    }

    private ObjectNode shape(String name, String... required) {
        var shape = JsonShapes.object(StrictJson.newObject(), required);
        shapes.put(name, shape);
        return shape;
    }

    private void open(String name, String description) {
        shapes.put(name, StrictJson.newObject().put("type", "object").put("description", description));
    }

    private static ObjectNode text(ObjectNode shape, String name) {
        return JsonShapes.property(shape, name).put("type", "string");
    }

    private static void number(ObjectNode shape, String name) {
        JsonShapes.property(shape, name).put("type", "integer").put("format", "int64");
    }

    private static void nullable(ObjectNode shape, String name, String reference) {
        var property = JsonShapes.property(shape, name).put("nullable", true);
        property.putArray("allOf").addObject().put("$ref", JsonShapes.reference(reference));
    }

    private static ObjectNode without(@Nullable ObjectNode shape, String... fields) {
        var copy = Objects.requireNonNull(shape).deepCopy();
        for (var field : fields) copy.withObject("/properties").remove(field);
        optional(copy, fields);
        return copy;
    }

    private static void optional(ObjectNode shape, String... fields) {
        var required = shape.withArray("/required");
        for (var i = required.size() - 1; i >= 0; i--)
            if (List.of(fields).contains(required.get(i).asText())) required.remove(i);
        if (required.isEmpty()) shape.remove("required"); // OpenAPI 3.0 has no empty list of it
    }
}
