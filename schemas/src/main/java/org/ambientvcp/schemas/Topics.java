package org.ambientvcp.schemas;

import static org.ambientvcp.schemas.Topic.Cleanup.COMPACT;
import static org.ambientvcp.schemas.Topic.Cleanup.COMPACT_AND_DELETE;
import static org.ambientvcp.schemas.Topic.Cleanup.DELETE;
import static org.ambientvcp.schemas.Topic.Partitioning.BY_CELL;
import static org.ambientvcp.schemas.Topic.Partitioning.BY_KEY;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ambientvcp.events.AccountBalance;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.DeadLetter;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.LedgerEntry;
import org.ambientvcp.events.ModuleInfo;
import org.ambientvcp.events.NodeEnergy;
import org.ambientvcp.events.NodeHealth;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.events.VerificationJob;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Every topic of the system, and the only place where a topic's name is spelled.
public final class Topics {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);

    public static final Topic<Signed> NODES = new Topic<>(
            "vcp.nodes.v1",
            Signed.class,
            "nodeId",
            BY_KEY,
            COMPACT,
            null,
            "nodes and verifiers",
            "What a node says it is: public key, owner, region, type, capabilities, cell.",
            Domain.REGISTRATION);
    public static final Topic<Signed> TELEMETRY = new Topic<>(
            "vcp.telemetry.v1",
            Signed.class,
            "nodeId",
            BY_KEY,
            DELETE,
            WEEK,
            "nodes",
            "Measurements of a node, signed.",
            Domain.TELEMETRY);
    public static final Topic<NodeHealth> NODE_HEALTH = plain(
            "vcp.node-health.v1",
            NodeHealth.class,
            "nodeId",
            COMPACT,
            null,
            "telemetry-ingest",
            "Health score and circuit breaker of a node.");
    public static final Topic<Reputation> REPUTATION = plain(
            "vcp.reputation.v1",
            Reputation.class,
            "nodeId",
            COMPACT,
            null,
            "scheduler-stream",
            "What verdicts say of a node.");
    public static final Topic<NodeHome> NODE_CELLS = plain(
            "vcp.node-cells.v1",
            NodeHome.class,
            "nodeId",
            COMPACT,
            null,
            "scheduler-stream",
            "The cell of a node that was moved by a command.");
    public static final Topic<NodeEnergy> ENERGY = plain(
            "vcp.energy.v1",
            NodeEnergy.class,
            "nodeId",
            DELETE,
            MONTH,
            "telemetry-ingest",
            "Energy a node used and its carbon.");
    public static final Topic<ModuleInfo> MODULES = plain(
            "vcp.modules.v1",
            ModuleInfo.class,
            "sha256",
            COMPACT,
            null,
            "gateway",
            "WASM programs; their bytes are in the blob store.");
    public static final Topic<Task> TASKS = plain(
            "vcp.tasks.v1", Task.class, "taskId", DELETE, MONTH, "anyone with the right to submit", "Work to be done.");
    public static final Topic<LedgerCommand> LEDGER_COMMANDS = plain(
            "vcp.ledger-commands.v1",
            LedgerCommand.class,
            "owner of the account",
            DELETE,
            MONTH,
            "scheduler-stream, operators",
            "The ledger's only input.");
    public static final Topic<CellCommand> CELL_COMMANDS = new Topic<>(
            "vcp.cell-commands.v1",
            CellCommand.class,
            "entity id",
            BY_CELL,
            DELETE,
            MONTH,
            "scheduler-stream, telemetry-ingest, gateway",
            "A cell's only input, in one total order; time is the append time.",
            null);
    public static final Topic<CellSummary> CELL_SUMMARIES = plain(
            "vcp.cell-summaries.v1",
            CellSummary.class,
            "cell",
            COMPACT,
            null,
            "scheduler-stream",
            "Free slots of a cell by class, for the router.");
    public static final Topic<Assignment> ASSIGNMENTS = new Topic<>(
            "vcp.assignments.v1",
            Assignment.class,
            "nodeId",
            BY_CELL,
            DELETE,
            MONTH,
            "scheduler-stream",
            "Leases of tasks to nodes, with the reason for the choice.",
            null);
    public static final Topic<Signed> COMMITMENTS = new Topic<>(
            "vcp.commitments.v1",
            Signed.class,
            "taskId",
            BY_KEY,
            DELETE,
            MONTH,
            "nodes",
            "Promises of results not shown yet (commit–reveal).",
            Domain.COMMITMENT);
    public static final Topic<Signed> RESULTS = new Topic<>(
            "vcp.results.v1",
            Signed.class,
            "taskId",
            BY_KEY,
            DELETE,
            MONTH,
            "nodes",
            "What runs gave, signed.",
            Domain.RESULT);
    public static final Topic<Signed> TRACES = new Topic<>(
            "vcp.traces.v1",
            Signed.class,
            "taskId",
            BY_KEY,
            DELETE,
            MONTH,
            "nodes",
            "Trace digests of runs with their checkpoints, signed.",
            Domain.TRACE);
    public static final Topic<VerificationJob> VERIFICATIONS = plain(
            "vcp.verifications.v1",
            VerificationJob.class,
            "taskId",
            DELETE,
            MONTH,
            "scheduler-stream",
            "Complete evidence of one attempt, for the verifiers.");
    public static final Topic<Signed> VERDICTS = new Topic<>(
            "vcp.verdicts.v1",
            Signed.class,
            "taskId",
            BY_KEY,
            DELETE,
            MONTH,
            "verifiers",
            "What verifiers found, signed.",
            Domain.VERDICT);
    public static final Topic<TaskStatus> TASK_STATUS = plain(
            "vcp.task-status.v1",
            TaskStatus.class,
            "tenant/taskId",
            COMPACT_AND_DELETE,
            MONTH,
            "scheduler-stream",
            "What a user sees of a task.");
    public static final Topic<LedgerEntry> LEDGER = plain(
            "vcp.ledger.v1",
            LedgerEntry.class,
            "account",
            DELETE,
            null,
            "scheduler-stream",
            "Both sides of every transfer; they sum to zero.");
    public static final Topic<AccountBalance> BALANCES = plain(
            "vcp.balances.v1",
            AccountBalance.class,
            "account",
            COMPACT,
            null,
            "scheduler-stream",
            "Latest balance of every account.");
    public static final Topic<DeadLetter> DEAD_LETTERS = plain(
            "vcp.dead-letters.v1",
            DeadLetter.class,
            "origin: topic-partition-offset",
            DELETE,
            MONTH,
            "every service",
            "Records that could not be used: original bytes, reason, origin.");

    private static final List<Topic<?>> ALL = List.of(
            NODES,
            TELEMETRY,
            NODE_HEALTH,
            REPUTATION,
            NODE_CELLS,
            ENERGY,
            MODULES,
            TASKS,
            LEDGER_COMMANDS,
            CELL_COMMANDS,
            CELL_SUMMARIES,
            ASSIGNMENTS,
            COMMITMENTS,
            RESULTS,
            TRACES,
            VERIFICATIONS,
            VERDICTS,
            TASK_STATUS,
            LEDGER,
            BALANCES,
            DEAD_LETTERS);

    private Topics() {}

    /// All topics, in the order of a task's life.
    public static List<Topic<?>> all() {
        return ALL;
    }

    /// Key of a status: task ids are a tenant's own, so another tenant's task of the same id keeps its status.
    public static String taskStatusKey(String tenant, String taskId) {
        return tenant + "/" + taskId;
    }

    /// The topic of this name, if the catalogue has it.
    public static Optional<Topic<?>> named(String name) {
        return ALL.stream()
                .<Topic<?>>map(topic -> topic)
                .filter(topic -> topic.name().equals(name))
                .findFirst();
    }

    private static <V extends SpecificRecord> Topic<V> plain(
            String name,
            Class<V> type,
            String key,
            Topic.Cleanup cleanup,
            @Nullable Duration retention,
            String writers,
            String purpose) {
        return new Topic<>(name, type, key, BY_KEY, cleanup, retention, writers, purpose, null);
    }
}
