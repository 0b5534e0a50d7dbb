package org.ambientvcp.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.stream.Collectors;
import org.ambientvcp.it.SharedCluster.Running;
import org.ambientvcp.schemas.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every example program gives the answer that is known from elsewhere, through the whole pipeline.
@ExtendWith(SharedCluster.class)
class ExamplesIT {
    private final Running cluster;
    private final Client client;

    ExamplesIT(Running cluster) {
        this.cluster = cluster;
        client = cluster.client();
    }

    @ParameterizedTest
    @CsvSource({"data/declaration.txt", "data/numbers.txt", "data/digit-7.pgm"})
    void sha256IsWhatJavaComputes(String file) throws Exception {
        var input = Examples.read(file);

        var status = client.run(Client.withInput(
                client.task("sha256/sha256.wasm", "entry: {function: 'digest'}, verification: {level: 'SPOT_CHECK'}"),
                input));

        assertAccepted(status);
        assertThat(value(status)).isEqualTo("i32:0");
        assertThat(new String(output(status), UTF_8).strip()).isEqualTo(Sha256.hex(input));
    }

    @ParameterizedTest
    @CsvSource({"10, 4", "100000, 9592", "1000000, 78498"})
    void primesAreCounted(int below, int primes) throws Exception {
        var status = client.run(
                "primes/primes.wasm",
                "entry: {function: 'count_primes', arguments: ['i32:" + below
                        + "']}, verification: {level: 'SPOT_CHECK'}");

        assertAccepted(status);
        assertThat(value(status)).isEqualTo("i32:" + primes);
    }

    @Test
    void numbersAreSorted() throws Exception {
        var input = Examples.read("data/numbers.txt");
        var expected = new String(input, UTF_8)
                .lines()
                .mapToLong(Long::parseLong)
                .sorted()
                .mapToObj(number -> number + "\n")
                .collect(Collectors.joining());

        var status = client.run(Client.withInput(
                client.task("sort/sort.wasm", "entry: {wasi: ['-n']}, verification: {level: 'SPOT_CHECK'}"), input));

        assertAccepted(status);
        var output = client.gateway().bytes("/v1/tasks/" + status.path("taskId").asText() + "/output");
        assertThat(new String(output, UTF_8)).isEqualTo(expected);
    }

    @Test
    void wrongArgumentIsTheProgramsOwnExitCode() throws Exception {
        var status = client.run("sort/sort.wasm", "entry: {wasi: ['-x']}, verification: {level: 'SPOT_CHECK'}");

        assertAccepted(status);
        assertThat(status.path("result").path("exitCode").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "7"})
    void digitsAreRead(int digit) throws Exception {
        var status = client.run(Client.withInput(
                client.task("digits/digits.wasm", "entry: {function: 'classify'}, verification: {level: 'SPOT_CHECK'}"),
                Examples.read("data/digit-" + digit + ".pgm")));

        assertAccepted(status);
        assertThat(value(status)).isEqualTo("i32:" + digit);
        assertThat(new String(output(status), UTF_8)).contains("\"digit\":" + digit);
    }

    @ParameterizedTest
    @CsvSource({
        "infinite-loop, OUT_OF_GAS",
        "memory-hog, TRAPPED",
        "stack-bomb, LIMIT_EXCEEDED",
        "trap, TRAPPED",
    })
    void hostileProgramsEndInTheirOneOutcome(String program, String outcome) throws Exception {
        var status = client.run(
                "hostile/" + program + ".wasm",
                "entry: {function: 'run'}, limits: {gas: 20000000, memoryPages: 64},"
                        + " verification: {level: 'SPOT_CHECK'}, requirements: {region: 'eu-north'}");

        assertAccepted(status);
        assertThat(status.path("result").path("outcome").asText()).isEqualTo(outcome);
    }

    @Test
    void evidenceIsSignedAndTheWorkerAloneIsPaid() throws Exception {
        var status = client.run(
                "primes/primes.wasm",
                "entry: {function: 'count_primes', arguments: ['i32:1000']}, verification: {level: 'SIGNED'},"
                        + " requirements: {region: 'eu-north'}, rewardMicros: 777");

        assertAccepted(status);
        var taskId = status.path("taskId").asText();
        var evidence = client.gateway().get("/v1/tasks/" + taskId + "/evidence");
        assertThat(evidence.path("results")).hasSize(1);
        assertThat(evidence.path("results").path(0).path("valid").asBoolean()).isTrue();
        assertThat(evidence.path("verdicts")).isNotEmpty();
        assertThat(evidence.path("verdicts").path(0).path("valid").asBoolean()).isTrue();
        var nodeId = status.path("result").path("nodeId").asText();
        assertThat(Books.settled(cluster.kafka(), taskId).payments(taskId))
                .containsOnlyKeys(nodeId)
                .containsEntry(nodeId, 777L);
    }

    private static void assertAccepted(JsonNode status) {
        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("ACCEPTED");
    }

    private static String value(JsonNode status) {
        return status.path("result").path("values").path(0).asText();
    }

    private static byte[] output(JsonNode status) {
        return Base64.getDecoder()
                .decode(status.path("result").path("output").path("base64").asText());
    }
}
