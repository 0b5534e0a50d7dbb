package org.ambientvcp.worker;

import static org.ambientvcp.worker.EvidenceTest.opened;
import static org.ambientvcp.worker.Fixtures.completed;
import static org.ambientvcp.worker.Fixtures.config;
import static org.ambientvcp.worker.Fixtures.example;
import static org.ambientvcp.worker.Fixtures.execute;
import static org.ambientvcp.worker.Fixtures.identity;
import static org.ambientvcp.worker.Fixtures.lease;
import static org.ambientvcp.worker.Fixtures.primesBelow;
import static org.ambientvcp.worker.Fixtures.sorted;
import static org.ambientvcp.worker.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.service.InvalidSettingException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class NodeIT extends NodeScenario {
    @Test
    void runsAnAssignmentAndSignsWhatItGave() throws Exception {
        blobs.put(example("primes/primes.wasm"));
        try (var node = node(sandbox())) {
            assign(execute(identity, primesBelow(taskId, 1_000)).build());

            var result = result();

            assertThat(node.isReady()).isTrue();
            assertThat(result.getOutcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(result.getValues().getFirst().getBits()).isEqualTo(168);
            assertThat(result.getNodeId()).isEqualTo(identity.id());
            assertThat(result.getLeaseEpoch()).isEqualTo(7);
            assertThat(result.getWallMicros()).isPositive();
            // The interpreter's rules fix it: a change of gas, trace or outcome changes this digest.
            assertThat(ResultDigest.of(result))
                    .isEqualTo("f8a50c9f318e93b1ae71fdfec300d15e563cb97becc27d94b47c95ca0667de43");
            var trace = opened(
                    Domain.TRACE,
                    cluster.await(Topics.TRACES, 1, this::ofTask).getFirst().value());
            assertThat(trace.getTraceDigest()).isEqualTo(result.getTraceDigest());
        }
    }

    @Test
    void theTraceContextOfTheTaskGoesWithItsResult() throws Exception {
        var context = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        try (var _ = node(assignment -> completed("x"))) {
            var task = task(taskId).setTraceparent(context).build();

            assign(execute(identity, task).build());

            var event = cluster.await(Topics.RESULTS, 1, this::ofTask).getFirst();
            assertThat(new String(event.headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8))
                    .isEqualTo(context);
        }
    }

    @Test
    void aLongOutputIsInTheBlobStoreBeforeTheResultIsPublished() throws Exception {
        blobs.put(example("sort/sort.wasm"));
        try (var _ = node(sandbox())) {
            assign(execute(identity, sorted(taskId, example("data/numbers.txt")))
                    .build());

            var result = result();

            assertThat(result.getOutput()).isInstanceOf(BlobRef.class);
            var output = new String(blobs.get(result.getOutputSha256()), StandardCharsets.UTF_8);
            assertThat(output).startsWith("-999772\n").endsWith("999908\n");
        }
    }

    @Test
    void aMissingModuleIsTheNodesFailureAndCounted() throws Exception {
        try (var _ = node(sandbox())) {
            assign(execute(identity, primesBelow(taskId, 10)).build());

            assertThat(result().getOutcome()).isEqualTo(Outcome.NODE_FAILED);
            assertThat(result().getReason()).startsWith("blob unavailable: no blob ");
            cluster.await(
                    Topics.TELEMETRY,
                    1,
                    event -> isOurs(event)
                            && opened(Domain.TELEMETRY, event.value()).getConsecutiveErrors() == 1);
        }
    }

    @Test
    void bytesThatAreNoAssignmentAreADeadLetterAndTheNextOneIsRun() throws Exception {
        try (var _ = node(assignment -> completed("x"));
                var raw = new KafkaProducer<>(
                        cluster.connection.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            var hostile = "no assignment".getBytes(StandardCharsets.UTF_8);
            raw.send(new ProducerRecord<>(
                            Topics.ASSIGNMENTS.name(), 0, identity.id().getBytes(StandardCharsets.UTF_8), hostile))
                    .get();
            raw.send(new ProducerRecord<>(
                            Topics.ASSIGNMENTS.name(), 0, identity.id().getBytes(StandardCharsets.UTF_8), null))
                    .get();
            raw.send(new ProducerRecord<>(Topics.ASSIGNMENTS.name(), 0, null, hostile))
                    .get();
            assign(lease(AssignmentKind.EXECUTE, identity, taskId).build());
            assign(execute(identity, task(taskId).build()).build());

            assertThat(result().getOutcome()).isEqualTo(Outcome.COMPLETED);
            var letters = cluster.await(Topics.DEAD_LETTERS, 3, this::isAboutUs);
            assertThat(letters)
                    .extracting(letter -> letter.value().getCode())
                    .containsExactly("undecodable", "out-of-range", "out-of-range");
            assertThat(Bytes.of(letters.getFirst().value().getValue())).isEqualTo(hostile);
            assertThat(letters.getLast().value().getReason()).isEqualTo("task is null in an EXECUTE assignment");
        }
    }

    @Test
    void registersAgainWithAHigherEpochAndSendsTelemetryInOrder() throws Exception {
        node(assignment -> completed("x")).close();
        try (var _ = node(assignment -> completed("x"))) {
            var registrations = cluster.await(Topics.NODES, 2, this::isOurs).stream()
                    .map(event -> opened(Domain.REGISTRATION, event.value()))
                    .toList();
            assertThat(registrations.getLast().getEpoch())
                    .isGreaterThan(registrations.getFirst().getEpoch());
            assertThat(registrations.getLast().getCapabilities()).containsExactly("gpu", "simd");

            var samples = cluster
                    .await(
                            Topics.TELEMETRY,
                            3,
                            event -> isOurs(event)
                                    && opened(Domain.TELEMETRY, event.value()).getEpoch()
                                            == registrations.getLast().getEpoch())
                    .stream()
                    .map(event -> opened(Domain.TELEMETRY, event.value()))
                    .toList();
            assertThat(samples).extracting(sample -> sample.getSequence()).startsWith(1L, 2L, 3L);
        }
    }

    @Test
    void aCellThatDoesNotExistIsNamed() {
        var config = config(directory, 2);
        var wrong = new NodeConfig(
                config.name(),
                config.ownerId(),
                config.region(),
                config.nodeType(),
                config.capabilities(),
                config.slots(),
                config.memoryBytes(),
                config.tdpMilliwatts(),
                2,
                config.telemetryInterval(),
                config.clockSkew(),
                config.speculative(),
                config.dataDirectory());

        assertThatThrownBy(() -> Node.start(
                        cluster.connection, blobs, wrong, identity, new NoSensors(), assignment -> completed("x")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("VCP_CELL is not 0–1: 2");
    }
}
