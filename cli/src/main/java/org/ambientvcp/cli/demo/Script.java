package org.ambientvcp.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.ambientvcp.schemas.Sha256;

/// What the demo does. Every answer is known from elsewhere: computed here in Java, or published.
final class Script {
    /// π(200,000), the number of primes below 200,000 (OEIS A006880 gives the neighbouring powers of ten; the value
    /// itself is checked by trial division in ScriptTest).
    static final int PRIMES_BELOW_200_000 = 17_984;

    private static final String SPOT_CHECK = "\"verification\":{\"level\":\"SPOT_CHECK\"}";

    private Script() {}

    static List<Step> steps(Examples examples) {
        var text = examples.read("data/declaration.txt");
        var sorted = sorted(examples.read("data/numbers.txt"));
        return List.of(
                new Step(
                        "SHA-256 of a file, re-executed by a verifier",
                        "sha256/sha256.wasm",
                        "{\"entry\":{\"function\":\"digest\"}," + SPOT_CHECK + "}",
                        "data/declaration.txt",
                        "the digest that Java computes",
                        status -> accepted(status) && output(status).strip().equals(Sha256.hex(text))),
                new Step(
                        "Counting primes, the signature is enough",
                        "primes/primes.wasm",
                        "{\"entry\":{\"function\":\"count_primes\",\"arguments\":[\"i32:200000\"]},"
                                + "\"verification\":{\"level\":\"SIGNED\"},\"requirements\":{\"region\":\"eu-north\"}}",
                        "",
                        "i32:" + PRIMES_BELOW_200_000,
                        status -> accepted(status)
                                && status.path("result")
                                        .path("values")
                                        .path(0)
                                        .asText()
                                        .equals("i32:" + PRIMES_BELOW_200_000)),
                new Step(
                        "A handwritten digit, by an int8 neural network",
                        "digits/digits.wasm",
                        "{\"entry\":{\"function\":\"classify\"},\"strategy\":\"LATENCY_AWARE\"," + SPOT_CHECK + "}",
                        "data/digit-7.pgm",
                        "i32:7",
                        status -> accepted(status)
                                && status.path("result")
                                        .path("values")
                                        .path(0)
                                        .asText()
                                        .equals("i32:7")),
                new Step(
                        "Sorting with an ordinary WASI program, by a quorum of 3 of 4 owners; one of them cheats",
                        "sort/sort.wasm",
                        "{\"entry\":{\"wasi\":[\"-n\"]},"
                                + "\"verification\":{\"level\":\"QUORUM\",\"replicas\":4,\"quorum\":3}}",
                        "data/numbers.txt",
                        "the sorted numbers, and the evidence of mallory refused",
                        status -> accepted(status)
                                && status.path("result")
                                        .path("outputSha256")
                                        .asText()
                                        .equals(Sha256.hex(sorted))
                                && refused(status, "mallory")),
                budget("The cheapest nodes in turn, every result re-executed (1 of 2)"),
                budget("The cheapest nodes in turn, every result re-executed (2 of 2)"),
                new Step(
                        "A program that never ends meets its gas limit, and the answer is the same everywhere",
                        "hostile/infinite-loop.wasm",
                        "{\"entry\":{\"function\":\"run\"},\"limits\":{\"gas\":20000000}," + SPOT_CHECK + "}",
                        "",
                        "out of gas, agreed by node and verifier",
                        status -> accepted(status)
                                && status.path("result")
                                        .path("outcome")
                                        .asText()
                                        .equals("OUT_OF_GAS")));
    }

    /// Round-robin over cedar and mallory: one of two tasks goes to the cheater first, for sure.
    private static Step budget(String title) {
        return new Step(
                title,
                "primes/primes.wasm",
                "{\"entry\":{\"function\":\"count_primes\",\"arguments\":[\"i32:200000\"]},\"strategy\":\"ROUND_ROBIN\","
                    + "\"requirements\":{\"capabilities\":[\"budget\"]}," + SPOT_CHECK + "}",
                "",
                "i32:" + PRIMES_BELOW_200_000 + ", whoever had it first",
                status -> accepted(status)
                        && status.path("result").path("values").path(0).asText().equals("i32:" + PRIMES_BELOW_200_000));
    }

    private static boolean accepted(JsonNode status) {
        return status.path("state").asText().equals("ACCEPTED");
    }

    private static boolean refused(JsonNode status, String name) {
        var nodeIds = StreamSupport.stream(status.path("replicas").spliterator(), false)
                .filter(replica -> replica.path("nodeName").asText().equals(name))
                .map(replica -> replica.path("nodeId").asText())
                .collect(Collectors.toSet());
        return StreamSupport.stream(status.path("verdict").path("findings").spliterator(), false)
                .anyMatch(finding -> finding.path("kind").asText().equals("REJECTED")
                        && nodeIds.contains(finding.path("nodeId").asText()));
    }

    private static String output(JsonNode status) {
        return new String(
                Base64.getDecoder()
                        .decode(status.path("result")
                                .path("output")
                                .path("base64")
                                .asText()),
                StandardCharsets.UTF_8);
    }

    private static byte[] sorted(byte[] numbers) {
        return new String(numbers, StandardCharsets.UTF_8)
                .lines()
                .mapToLong(Long::parseLong)
                .sorted()
                .mapToObj(number -> number + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }
}
