package org.ambientvcp.benchmarks.load;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.GrantFunds;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TenantQuota;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.service.EventProducer;
import org.ambientvcp.service.KafkaConnection;

/// Sends tasks when they are due.
final class Submitter implements AutoCloseable {
    private static final long FUNDS_MICROS = 1_000_000_000_000L;
    private static final int MOST_IN_FLIGHT = 1_000_000;
    private static final long NANOS = 1_000_000_000L;
    private static final int REPLICAS = 3;
    private static final int QUORUM = 2;

    private final LoadPlan plan;
    private final TaskTimes times;
    private final EventProducer producer;

    Submitter(KafkaConnection connection, LoadPlan plan, TaskTimes times) {
        this.plan = plan;
        this.times = times;
        producer = new EventProducer(connection, "load-test/tenants");
    }

    /// Gives every tenant money, and leave to have as much in flight as there is.
    void fund(String run) throws ExecutionException, InterruptedException {
        for (int tenant = 0; tenant < plan.tenants(); tenant++) {
            var account = "tenant:" + name(tenant);
            command(account, new GrantFunds(run + "-" + account, account, FUNDS_MICROS, "load-test"));
            command(account, new TenantQuota(name(tenant), MOST_IN_FLIGHT));
        }
    }

    private void command(String account, Object body) throws ExecutionException, InterruptedException {
        producer.send(Topics.LEDGER_COMMANDS, account, new LedgerCommand(body)).get();
    }

    /// Sends all tasks of the plan; returns when the last was due.
    void run() {
        var start = System.nanoTime();
        for (int number = 0; number < plan.tasks(); number++) {
            var due = start + number * NANOS / plan.rate();
            for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
                LockSupport.parkNanos(left);
            submit(number, due);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a task that is not sent is missing in the counts
    private void submit(int number, long due) {
        var taskId = times.due(number, due);
        producer.send(Topics.TASKS, taskId, task(taskId, name(number % plan.tenants())))
                .thenRun(() -> times.reached(Stage.SENT, taskId));
    }

    private static String name(int tenant) {
        return "load-" + tenant;
    }

    private Task task(String taskId, String tenant) {
        var quorum = plan.verification() == VerificationLevel.QUORUM;
        return Task.newBuilder()
                .setTaskId(taskId)
                .setTenant(tenant)
                .setModuleSha256(Fleet.module())
                .setEntry(new FunctionEntry("run", List.of(new WasmValue(WasmType.I32, 100L))))
                .setLimits(Limits.newBuilder().build())
                .setRequirements(Requirements.newBuilder().build())
                .setStrategy(plan.strategy())
                .setVerification(Verification.newBuilder()
                        .setLevel(plan.verification())
                        .setReplicas(quorum ? REPLICAS : 1)
                        .setQuorum(quorum ? QUORUM : 1)
                        .build())
                .setRewardMicros(3)
                .setSubmittedAtEpochMillis(System.currentTimeMillis())
                .setSubmittedBy("load-test")
                .build();
    }

    @Override
    public void close() {
        producer.close();
    }
}
