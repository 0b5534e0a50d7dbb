package org.ambientvcp.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.TaskCancel;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.gateway.Running.Answer;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGateway.class)
class TasksIT {
    private static final long NOW = System.currentTimeMillis();

    private final Running running;
    private final String module;
    private final String id = UUID.randomUUID().toString();

    TasksIT(Running running) {
        this.running = running;
        module = running.blobs.put(BlobsAndModulesIT.MODULE);
    }

    @Test
    void aTaskIsWrittenWithWhatTheGatewayKnows() {
        var trace = "00-" + "ab".repeat(16) + "-" + "cd".repeat(8) + "-01";
        var answer = running.send(running.request("/v1/tasks", running.acme)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("traceparent", trace)
                .POST(HttpRequest.BodyPublishers.ofString(task("\"input\":{\"text\":\"hello\"}"))));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("taskId").asText()).isEqualTo(id);
        assertThat(answer.header("Location")).isEqualTo("/v1/tasks/" + id);
        var logged = running.all(Topics.TASKS).stream()
                .filter(task -> task.key().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(logged.value().getTenant()).isEqualTo("acme");
        assertThat(logged.value().getSubmittedBy()).isEqualTo("acme-key");
        assertThat(logged.value().getTraceparent()).isEqualTo(trace);
        assertThat(EventHeaders.get(logged.headers(), "traceparent")).isEqualTo(trace);
        assertThat(EventHeaders.get(logged.headers(), "ce_source")).isEqualTo("gateway");
        assertThat(Bytes.of(((InlineBytes) logged.value().getInput()).getBytes()))
                .isEqualTo("hello".getBytes(UTF_8));
    }

    @Test
    void aTaskWithoutAnIdGetsOne() {
        var answer = running.post("/v1/tasks", running.acme, task("").replace("\"taskId\":\"" + id + "\",", ""));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(UUID.fromString(answer.json().path("taskId").asText())).isNotNull();
    }

    @Test
    void aLargeInputGoesToTheBlobStore() {
        var text = "x".repeat(20_000);

        assertThat(running.post("/v1/tasks", running.acme, task("\"input\":{\"text\":\"" + text + "\"}"))
                        .status())
                .isEqualTo(202);

        var sha256 = Sha256.hex(text.getBytes(UTF_8));
        assertThat(running.all(Topics.TASKS))
                .anyMatch(task -> task.key().equals(id)
                        && new BlobRef(sha256, 20_000L).equals(task.value().getInput()));
        assertThat(running.blobs.get(sha256)).isEqualTo(text.getBytes(UTF_8));
    }

    @Test
    void aBlobInputIsKnownOrRefused() {
        var name = running.blobs.put(new byte[] {1, 2, 3});

        assertThat(running.post("/v1/tasks", running.acme, task("\"input\":{\"sha256\":\"" + name + "\"}"))
                        .status())
                .isEqualTo(202);
        assertThat(running.all(Topics.TASKS))
                .anyMatch(task -> task.key().equals(id)
                        && new BlobRef(name, 3L).equals(task.value().getInput()));

        var unknown = "{\"sha256\":\"" + "0".repeat(64) + "\"}";
        assertThat(running.post("/v1/tasks", running.acme, task("\"input\":" + unknown))
                        .problem())
                .isEqualTo("unknown-blob");
        assertThat(running.post("/v1/tasks", running.acme, task("\"input\":{\"sha256\":\"../x\"}"))
                        .problem())
                .isEqualTo("invalid-task");
    }

    @Test
    void aBadTaskIsRefusedByEveryField() {
        var answer = running.post("/v1/tasks", running.acme, task("\"priority\":7,\"maxAttempts\":99"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("invalid-task");
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactly("priority", "maxAttempts");
    }

    @Test
    void anUnknownFieldAnUnknownModuleAndAForeignTenantAreRefused() {
        var field = running.post("/v1/tasks", running.acme, task("\"colour\":\"red\""));
        assertThat(field.status()).isEqualTo(400);
        assertThat(field.json().path("field").asText()).isEqualTo("colour");

        var unknown = running.post("/v1/tasks", running.acme, task("").replace(module, "0".repeat(64)));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.problem()).isEqualTo("unknown-module");

        assertThat(running.post("/v1/tasks", running.acme, task("\"tenant\":\"zeta\""))
                        .status())
                .isEqualTo(403);
        assertThat(running.post("/v1/tasks", running.admin, task("\"tenant\":\"zeta\""))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aTaskIsSeenByItsTenantAndAdminsOnly() {
        status(Samples.accepted(id, "acme", NOW, null));

        var own = awaitTask(running.acme);
        assertThat(own.json().path("state").asText()).isEqualTo("ACCEPTED");
        assertThat(own.json().at("/result/values/0").asText()).isEqualTo("i32:-1");
        assertThat(running.get("/v1/tasks/" + id, running.admin).status()).isEqualTo(200);
        assertThat(running.get("/v1/tasks/" + id, running.zeta).problem()).isEqualTo("forbidden");
        assertThat(running.get("/v1/tasks/nothing", running.acme).problem()).isEqualTo("not-found");
        assertThat(running.get("/v1/tasks?state=ACCEPTED&limit=1000", running.acme)
                        .json()
                        .path("tasks"))
                .anyMatch(task -> task.path("taskId").asText().equals(id));
        assertThat(running.get("/v1/tasks?limit=1000", running.zeta).json().path("tasks"))
                .noneMatch(task -> task.path("taskId").asText().equals(id));
    }

    @Test
    void pagesAreLinked() {
        for (var i = 0; i < 5; i++) status(Samples.status(id + i, "zeta", TaskState.QUEUED, NOW + i));
        running.await(() -> running.get("/v1/tasks/" + id + "4", running.zeta), answer -> answer.status() == 200);
        running.await(() -> running.get("/v1/tasks/" + id + "0", running.zeta), answer -> answer.status() == 200);

        var first = running.get("/v1/tasks?limit=2&state=queued", running.zeta).json();
        var second = running.get("/v1/tasks?limit=2&after=" + first.path("next").asText(), running.zeta);

        assertThat(first.path("tasks")).hasSize(2);
        assertThat(second.json().path("tasks")).hasSize(2).doesNotContainAnyElementsOf(first.path("tasks"));
        assertThat(running.get("/v1/tasks?after=%00", running.zeta).problem()).isEqualTo("invalid-request");
        assertThat(running.get("/v1/tasks?state=DONE", running.zeta).problem()).isEqualTo("invalid-request");
        assertThat(running.get("/v1/tasks?limit=0", running.zeta).problem()).isEqualTo("invalid-request");
    }

    @Test
    void aLongPollIsWokenByTheEndAndByAChange() throws Exception {
        var fresh = ask("?waitMillis=60000");
        status(Samples.status(id, "acme", TaskState.QUEUED, NOW));
        var changed = ask("?waitMillis=60000&seen=" + NOW);
        status(Samples.status(id, "acme", TaskState.LEASED, NOW + 1));

        assertThat(changed.get(60, TimeUnit.SECONDS).json().path("state").asText())
                .isEqualTo("LEASED");
        status(Samples.status(id, "acme", TaskState.FAILED, NOW + 2));
        assertThat(fresh.get(60, TimeUnit.SECONDS).json().path("state").asText())
                .isEqualTo("FAILED");
        assertThat(running.get("/v1/tasks/" + id + "?waitMillis=60001", running.acme)
                        .problem())
                .isEqualTo("invalid-request");
        assertThat(running.get("/v1/tasks/nothing?waitMillis=1", running.acme).status())
                .isEqualTo(404);
    }

    @Test
    void outputIsGivenAsItWasWritten() {
        status(Samples.accepted(id, "acme", NOW, new InlineBytes(ByteBuffer.wrap(new byte[] {0, 1, -1}))));
        status(Samples.accepted(id + "-blob", "acme", NOW, Samples.blob(module, 5)));
        status(Samples.accepted(id + "-none", "acme", NOW, null));
        status(Samples.status(id + "-queued", "acme", TaskState.QUEUED, NOW));
        for (var suffix : new String[] {"", "-blob", "-none", "-queued"})
            running.await(() -> running.get("/v1/tasks/" + id + suffix, running.acme), a -> a.status() == 200);

        assertThat(output("").body()).containsExactly(0, 1, -1);
        assertThat(output("-blob").body()).isEqualTo(BlobsAndModulesIT.MODULE);
        assertThat(output("-none").problem()).isEqualTo("no-output");
        assertThat(output("-queued").status()).isEqualTo(409);
    }

    @Test
    void evidenceIsWhatWasSignedAndSaysWhetherItHolds() {
        var identity = Identity.random(new SecureRandom());
        var signed = identity.sign(Domain.RESULT, Samples.result(id, identity.id()));
        var forged = identity.sign(Domain.RESULT, Samples.result(id, identity.id()));
        forged.getSignature().put(0, (byte) (forged.getSignature().get(0) ^ 1));
        running.write(Topics.RESULTS, id, signed);
        running.write(Topics.RESULTS, id, forged);
        running.write(Topics.RESULTS, "another", signed);
        status(Samples.accepted(id, "acme", NOW, null));
        awaitTask(running.acme);

        var evidence = running.get("/v1/tasks/" + id + "/evidence", running.acme);

        assertThat(evidence.status()).isEqualTo(200);
        var results = evidence.json().path("results");
        assertThat(results).hasSize(2);
        assertThat(results.get(0).path("valid").asBoolean()).isTrue();
        assertThat(results.get(0).at("/event/values/0").asText()).isEqualTo("i32:42");
        assertThat(results.get(0).at("/signed/signerId").asText()).isEqualTo(identity.id());
        assertThat(results.get(1).path("valid").asBoolean()).isFalse();
        assertThat(results.get(1).path("reason").asText()).startsWith("bad-signature");
        assertThat(evidence.json().path("verdicts")).isEmpty();
        assertThat(running.get("/v1/tasks/" + id + "/evidence", running.zeta).status())
                .isEqualTo(403);
    }

    @Test
    void aCancellationReachesTheTasksCell() {
        status(Samples.status(id, "acme", TaskState.LEASED, NOW));
        awaitTask(running.acme);

        assertThat(delete(running.zeta).problem()).isEqualTo("forbidden");
        assertThat(delete(running.acme).status()).isEqualTo(202);

        var command = running.all(Topics.CELL_COMMANDS).stream()
                .filter(logged -> logged.key().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(command.partition()).isEqualTo(1);
        assertThat(command.value().getBody())
                .isEqualTo(new TaskCancel(id, "acme", "acme-key", "cancelled by its owner"));

        status(Samples.status(id, "acme", TaskState.CANCELLED, NOW + 1));
        running.await(
                () -> running.get("/v1/tasks/" + id, running.acme),
                answer -> answer.json().path("state").asText().equals("CANCELLED"));
        assertThat(delete(running.acme).problem()).isEqualTo("already-finished");
        assertThat(running.send(running.request("/v1/tasks/nothing", running.acme)
                                .DELETE())
                        .status())
                .isEqualTo(404);
    }

    private CompletableFuture<Answer> ask(String query) {
        var waiters =
                Objects.requireNonNull(running.gateway.metrics().getGauges().get("views.waiters"));
        var answer = CompletableFuture.supplyAsync(() -> running.get("/v1/tasks/" + id + query, running.acme));
        // either it waits already or it was answered, because what it waits for was there
        Running.until(() -> answer.isDone() || ((Integer) waiters.getValue()) > 0);
        return answer;
    }

    private Answer awaitTask(String key) {
        return running.await(() -> running.get("/v1/tasks/" + id, key), answer -> answer.status() == 200);
    }

    private Answer output(String suffix) {
        return running.get("/v1/tasks/" + id + suffix + "/output", running.acme);
    }

    private Answer delete(String key) {
        return running.send(running.request("/v1/tasks/" + id, key).DELETE());
    }

    private void status(TaskStatus status) {
        running.write(Topics.TASK_STATUS, Topics.taskStatusKey(status.getTenant(), status.getTaskId()), status);
    }

    private String task(String more) {
        return "{\"taskId\":\"%s\",\"moduleSha256\":\"%s\",\"entry\":{\"function\":\"answer\",\"arguments\":[\"i32:5\"]},\"rewardMicros\":10%s}"
                .formatted(id, module, more.isEmpty() ? "" : "," + more);
    }
}
