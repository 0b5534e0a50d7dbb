package org.ambientvcp.benchmarks.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class SteadyStateTest {
    @Test
    void runsModulesAndCountsThem() throws InterruptedException, ExecutionException {
        var periods = new SteadyState().run(2, Duration.ofSeconds(1));

        assertThat(periods).hasSize(2).allSatisfy(period -> {
            assertThat(period.runs()).isPositive();
            assertThat(period.gas()).isPositive();
            assertThat(period.cpuNanos()).isPositive();
            assertThat(period.after().metaspace()).isPositive();
            assertThat(period.after().code()).isPositive();
        });
        assertThat(periods.getFirst().takenIn()).isPositive();
    }
}
