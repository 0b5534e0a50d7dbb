package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ambientvcp.schemas.Topics;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `docker-compose.yml` as it is, from outside: three brokers, a real registry, a process for each service. The tests
/// share one cluster and go from gentle to rough.
@Tag("compose")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeIT {
    private static final Logger LOG = LoggerFactory.getLogger(ComposeIT.class);
    private static final String PRIMES = "primes/primes.wasm";
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final int BURST = 60;

    private ComposeStack stack;

    @BeforeAll
    void start() throws Exception {
        stack = ComposeStack.start();
    }

    @AfterAll
    void stop() throws Exception {
        stack.tearDown();
    }

    @Test
    @Order(1)
    void theCommandLineOutsideGetsItsAnswer(@TempDir Path folder) throws Exception {
        var key = stack.secret("clients", "user");

        var printed = vcp(
                folder,
                Map.of("VCP_URL", ComposeStack.GATEWAY, "VCP_API_KEY", key),
                "run",
                Path.of("..", "examples", PRIMES).toAbsolutePath().toString(),
                "--function",
                "count_primes",
                "--arg",
                "i32:100000",
                "--verify",
                "spot-check",
                "--reward",
                "1000");

        assertThat(printed).contains("i32:9592", "accepted by verifier");
    }

    @Test
    @Order(2)
    void aPlainProducerWithGenericAvroGetsItsAnswer() throws Exception {
        var module = stack.admin().module(PRIMES);
        try (var producer =
                new GenericProducer(ComposeStack.BOOTSTRAP_SERVERS, ComposeStack.REGISTRY, Topics.TASKS.name())) {
            producer.send("generic-1", task(producer, "generic-1", module));
        }

        var status = stack.admin().awaitEnd("generic-1");

        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("ACCEPTED");
        assertThat(status.path("result").path("values").path(0).asText()).isEqualTo("i32:168");
        assertThat(Books.settled(stack.kafka(), "generic-1").paid("generic-1")).isEqualTo(1_000);
    }

    /// A task of which only the registry's schema is known; what it does not name has its default.
    private static GenericRecord task(GenericProducer producer, String id, String module) {
        var schema = producer.schema();
        var entry = schema.getField("entry").schema().getTypes().getFirst();
        var argument = entry.getField("arguments").schema().getElementType();
        var level = schema.getField("verification").schema().getField("level").schema();
        return new GenericRecordBuilder(schema)
                .set("taskId", id)
                .set("tenant", "default")
                .set("moduleSha256", module)
                .set(
                        "entry",
                        new GenericRecordBuilder(entry)
                                .set("function", "count_primes")
                                .set(
                                        "arguments",
                                        List.of(new GenericRecordBuilder(argument)
                                                .set(
                                                        "type",
                                                        new GenericData.EnumSymbol(
                                                                argument.getField("type")
                                                                        .schema(),
                                                                "I32"))
                                                .set("bits", 1_000L)
                                                .build()))
                                .build())
                .set(
                        "limits",
                        new GenericRecordBuilder(schema.getField("limits").schema()).build())
                .set(
                        "requirements",
                        new GenericRecordBuilder(schema.getField("requirements").schema()).build())
                .set(
                        "verification",
                        new GenericRecordBuilder(schema.getField("verification").schema())
                                .set("level", new GenericData.EnumSymbol(level, "SIGNED"))
                                .build())
                .set("rewardMicros", 1_000L)
                .set("submittedAtEpochMillis", System.currentTimeMillis())
                .set("submittedBy", "somebody")
                .build();
    }

    /// Each node takes one task at a time, so others wait while its result goes through the logs.
    @Test
    @Order(3)
    void workIsSharedByWorkersThatComeAndNothingIsLostWhenTheyGo() throws Exception {
        var module = stack.admin().module(PRIMES);
        burst("warm-up", module);
        var withOne = burst("one", module);
        stack.scale("executor-worker", 4);
        burst("joined", module);
        var withFour = burst("four", module);
        try (var load = TaskLoad.steady(stack, "down", module, PAUSE)) {
            load.awaitProgress(10);
            stack.scale("executor-worker", 1);
            load.awaitProgress(10);
            load.assertAllAcceptedOnce();
        }

        LOG.atWarn()
                .addKeyValue("tasksPerSecondWithOneWorker", withOne.rate())
                .addKeyValue("tasksPerSecondWithFour", withFour.rate())
                .log("throughput");
        // How much faster depends on the machine; a node whose breaker is open for want of processors gets no work.
        assertThat(withOne.nodes()).as("nodes that were paid").isEqualTo(1);
        assertThat(withFour.nodes()).as("nodes that were paid").isGreaterThan(1);
    }

    private record Throughput(double rate, int nodes) {}

    private Throughput burst(String name, String module) throws Exception {
        var started = System.nanoTime();
        try (var load = TaskLoad.burst(stack, name, module, BURST)) {
            load.awaitAccepted(BURST);
            var seconds = (System.nanoTime() - started) / 1e9;
            load.assertAllAcceptedOnce();
            return new Throughput(BURST / seconds, load.payees().size());
        }
    }

    @Test
    @Order(4)
    void aBrokerASchedulerAndHalfTheWorkersDieAndNothingIsLost() throws Exception {
        stack.scale("executor-worker", 4);
        stack.scale("scheduler-stream", 2);
        try (var load = TaskLoad.steady(stack, "deaths", stack.admin().module(PRIMES), PAUSE)) {
            load.awaitProgress(10);

            var broker = ComposeStack.containers("kafka-2");
            ComposeStack.kill(broker);
            load.awaitProgress(20);
            stack.start(broker, "kafka-2");
            stack.awaitInSync();

            var scheduler = ComposeStack.containers("scheduler-stream").subList(0, 1);
            ComposeStack.kill(scheduler);
            load.awaitProgress(20);
            stack.start(scheduler, "scheduler-stream");

            ComposeStack.kill(ComposeStack.containers("executor-worker").subList(0, 2));
            load.awaitProgress(20);

            load.assertAllAcceptedOnce();
        }
    }

    @Test
    @Order(5)
    void theDashboardAsksForWhatServicesSay() throws Exception {
        var exposed = new StringBuilder();
        for (var service :
                List.of("telemetry-ingest", "scheduler-stream", "executor-worker", "proof-verifier", "gateway"))
            for (var container : ComposeStack.containers(service)) exposed.append(ComposeStack.metrics(container));

        assertThat(Dashboard.read().unknownMetrics(exposed.toString())).isEmpty();
    }

    private static String vcp(Path folder, Map<String, String> environment, String... arguments) throws Exception {
        try (var vcp = ForkedVcp.start(folder, environment, arguments)) {
            vcp.process().waitFor();
            var printed = Files.readString(vcp.output());
            assertThat(vcp.process().exitValue()).as(printed).isZero();
            return printed;
        }
    }
}
