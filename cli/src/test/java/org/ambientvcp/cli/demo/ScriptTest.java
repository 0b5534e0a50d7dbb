package org.ambientvcp.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.ambientvcp.cli.GatewayClient;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private static final Examples EXAMPLES = Examples.find(Path.of("..", "examples"));

    @Test
    void theKnownNumberOfPrimesIsRight() {
        var primes = IntStream.range(2, 200_000)
                .filter(n -> IntStream.iterate(2, d -> d * d <= n, d -> d + 1).noneMatch(d -> n % d == 0))
                .count();

        assertThat(primes).isEqualTo(Script.PRIMES_BELOW_200_000);
    }

    @Test
    void everyStepsProgramAndInputAreThereAndItsRequestIsJson() throws Exception {
        for (var step : Script.steps(EXAMPLES)) {
            assertThat(EXAMPLES.read(step.module())).startsWith(0, 'a', 's', 'm');
            if (!step.input().isEmpty()) assertThat(EXAMPLES.read(step.input())).isNotEmpty();
            assertThat(GatewayClient.JSON.readTree(step.request()).path("entry").isObject())
                    .as(step.title())
                    .isTrue();
        }
    }

    @Test
    void noStepAcceptsAnotherAnswer() throws Exception {
        var wrong = GatewayClient.JSON.readTree("{\"state\":\"ACCEPTED\",\"result\":{\"values\":[\"i32:17985\"],"
                + "\"outcome\":\"COMPLETED\",\"output\":{\"base64\":\"AA==\"},\"outputSha256\":\"00\"}}");

        assertThat(Script.steps(EXAMPLES)).noneMatch(step -> step.holds().test(wrong));
    }
}
