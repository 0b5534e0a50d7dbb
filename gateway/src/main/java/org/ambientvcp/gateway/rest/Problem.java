package org.ambientvcp.gateway.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ambientvcp.gateway.json.StrictJson;
import org.ambientvcp.schemas.TaskCheck;

/// A refusal, as problem+json (RFC 9457).
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;
    static final String MEDIA_TYPE = "application/problem+json";

    private final ProblemType type;
    private final transient List<TaskCheck.Problem> errors;
    private final transient Map<String, String> headers = new TreeMap<>();

    /// @param detail sentence for a person: what was expected and what came
    /// @param errors the fields that are wrong, if it is fields
    Problem(ProblemType type, String detail, List<TaskCheck.Problem> errors) {
        super(detail, null, false, false); // an answer, not an accident: nobody reads its stack
        this.type = type;
        this.errors = List.copyOf(errors);
    }

    Problem(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    /// A problem of one field.
    static Problem of(ProblemType type, String field, String message) {
        return new Problem(type, field + " " + message, List.of(new TaskCheck.Problem(field, message)));
    }

    Problem header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    ProblemType type() {
        return type;
    }

    Map<String, String> headers() {
        return headers;
    }

    /// `type`, `title`, `status`, `detail`; for fields also `field`, the first, and `errors`, all.
    ObjectNode json() {
        return json(type, type.status(), String.valueOf(getMessage()), errors);
    }

    static ObjectNode json(ProblemType type, int status, String detail, List<TaskCheck.Problem> errors) {
        var json = StrictJson.newObject()
                .put("type", type.uri())
                .put("title", type.title())
                .put("status", status)
                .put("detail", detail);
        if (!errors.isEmpty()) {
            json.put("field", errors.getFirst().field());
            var list = json.putArray("errors");
            for (var error : errors)
                list.addObject().put("field", error.field()).put("message", error.message());
        }
        return json;
    }
}
