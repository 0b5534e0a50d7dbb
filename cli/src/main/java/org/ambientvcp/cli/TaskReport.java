package org.ambientvcp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// A task for people: what came out, where it ran and why there, who checked it, what it used and cost.
public final class TaskReport {
    private static final int MOST_OUTPUT = 600;

    private TaskReport() {}

    /// Everything about one task.
    public static void print(JsonNode status, PrintWriter out) {
        field(out, "task", status.path("taskId").asText());
        field(out, "state", TaskWait.line(status));
        status.path("history").forEach(line -> field(out, "before", line.asText()));
        waiting(status, out);
        result(status.path("result"), out);
        for (var replica : status.path("replicas")) {
            field(
                    out,
                    "node",
                    replica.path("nodeName").asText() + " ("
                            + replica.path("nodeId").asText() + ", "
                            + replica.path("state").asText().toLowerCase(Locale.ROOT) + ")");
            field(out, "why", why(replica.path("explanation")));
        }
        verdict(status, out);
        field(out, "price", price(status));
        out.flush();
    }

    /// The output as text, if it is text, else its size and hash.
    public static String output(JsonNode result) {
        var inline = result.path("output").path("base64");
        if (inline.isMissingNode())
            return result.path("outputBytes").asLong() == 0
                    ? ""
                    : Units.count(result.path("outputBytes").asLong()) + " bytes, sha256 "
                            + result.path("outputSha256").asText();
        var bytes = Base64.getDecoder().decode(inline.asText());
        var text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 || text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t' && c != '\r'))
            return Units.count(bytes.length) + " bytes, sha256 "
                    + result.path("outputSha256").asText();
        var stripped = text.strip();
        return stripped.length() <= MOST_OUTPUT
                ? stripped
                : stripped.substring(0, MOST_OUTPUT) + " … (" + Units.count(bytes.length) + " bytes)";
    }

    /// The returned values, for example `i32:9592`; empty if there are none.
    public static String values(JsonNode result) {
        var values = new ArrayList<String>();
        result.path("values").forEach(value -> values.add(value.asText()));
        return String.join(" ", values);
    }

    /// Why a node was chosen: the sentence and what each rule ruled out.
    public static String why(JsonNode explanation) {
        var filtered = new ArrayList<String>();
        explanation
                .path("filtered")
                .forEach(rule -> filtered.add(
                        rule.path("nodes").asInt() + " by " + rule.path("rule").asText()));
        return explanation.path("reason").asText() + "; "
                + explanation.path("considered").asInt() + " looked at, "
                + (filtered.isEmpty() ? "none ruled out" : "ruled out " + String.join(", ", filtered));
    }

    private static void waiting(JsonNode status, PrintWriter out) {
        if (!status.path("state").asText().equals("QUEUED")) return;
        for (var rule : status.path("waiting"))
            field(
                    out,
                    "waiting",
                    rule.path("nodes").asInt() + " nodes ruled out by "
                            + rule.path("rule").asText());
    }

    private static void result(JsonNode result, PrintWriter out) {
        if (!result.isObject()) return;
        var outcome = result.path("outcome").asText().toLowerCase(Locale.ROOT).replace('_', ' ');
        field(
                out,
                "outcome",
                outcome
                        + (result.path("exitCode").asInt() != 0
                                ? ", exit code " + result.path("exitCode").asInt()
                                : "")
                        + (result.hasNonNull("reason")
                                ? ": " + result.path("reason").asText()
                                : ""));
        if (!values(result).isEmpty()) field(out, "values", values(result));
        var text = output(result);
        if (!text.isEmpty()) lines(out, "output", text.lines().toList());
        field(
                out,
                "used",
                Units.count(result.path("gasUsed").asLong()) + " gas, "
                        + Units.duration(result.path("wallMicros").asLong()) + ", "
                        + Units.energy(result.path("energyMicrojoules").asLong()));
        field(out, "trace", result.path("traceDigest").asText());
    }

    private static void verdict(JsonNode status, PrintWriter out) {
        var verdict = status.path("verdict");
        if (!verdict.isObject()) return;
        field(
                out,
                "verdict",
                verdict.path("outcome").asText().toLowerCase(Locale.ROOT) + " by verifier "
                        + verdict.path("verifierId").asText() + ": "
                        + verdict.path("reason").asText());
        for (var finding : verdict.path("findings"))
            if (!finding.path("kind").asText().equals("ACCEPTED"))
                field(
                        out,
                        "finding",
                        finding.path("nodeId").asText() + " "
                                + finding.path("kind").asText().toLowerCase(Locale.ROOT) + ": "
                                + finding.path("reason").asText());
    }

    private static String price(JsonNode status) {
        var amount = Units.money(status.path("rewardMicros").asLong());
        return switch (status.path("state").asText()) {
            case "ACCEPTED" -> amount + " paid";
            case "FAILED", "CANCELLED" -> amount + " refunded";
            case "REJECTED" -> "nothing";
            default -> amount + " held";
        };
    }

    private static void lines(PrintWriter out, String name, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) field(out, i == 0 ? name : "", lines.get(i));
    }

    private static void field(PrintWriter out, String name, String value) {
        out.printf("%-9s %s%n", name, value);
    }
}
