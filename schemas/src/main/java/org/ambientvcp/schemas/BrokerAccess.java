package org.ambientvcp.schemas;

import static org.ambientvcp.schemas.Topics.ASSIGNMENTS;
import static org.ambientvcp.schemas.Topics.BALANCES;
import static org.ambientvcp.schemas.Topics.CELL_COMMANDS;
import static org.ambientvcp.schemas.Topics.CELL_SUMMARIES;
import static org.ambientvcp.schemas.Topics.COMMITMENTS;
import static org.ambientvcp.schemas.Topics.DEAD_LETTERS;
import static org.ambientvcp.schemas.Topics.ENERGY;
import static org.ambientvcp.schemas.Topics.LEDGER;
import static org.ambientvcp.schemas.Topics.LEDGER_COMMANDS;
import static org.ambientvcp.schemas.Topics.MODULES;
import static org.ambientvcp.schemas.Topics.NODES;
import static org.ambientvcp.schemas.Topics.NODE_CELLS;
import static org.ambientvcp.schemas.Topics.NODE_HEALTH;
import static org.ambientvcp.schemas.Topics.REPUTATION;
import static org.ambientvcp.schemas.Topics.RESULTS;
import static org.ambientvcp.schemas.Topics.TASKS;
import static org.ambientvcp.schemas.Topics.TASK_STATUS;
import static org.ambientvcp.schemas.Topics.TELEMETRY;
import static org.ambientvcp.schemas.Topics.TRACES;
import static org.ambientvcp.schemas.Topics.VERDICTS;
import static org.ambientvcp.schemas.Topics.VERIFICATIONS;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/// Who may do what on brokers that ask: one Kafka user for each service, with the least it needs. Immutable.
///
/// READ and WRITE bring DESCRIBE with them, and who may write to a topic may be idempotent. Nobody here may do anything
/// to the cluster itself; users and access lists are made by a super user of the brokers (`vcp access apply`).
public final class BrokerAccess {
    /// One line of the table.
    ///
    /// @param user without `User:`
    /// @param name of the resource, or what its name starts with
    /// @param operations what is allowed, from any host
    public record Grant(
            String user, ResourceType resource, PatternType pattern, String name, Set<AclOperation> operations) {
        public Grant {
            operations = Set.copyOf(operations);
        }

        /// The name; with a star behind it if others begin so too.
        public String label() {
            return pattern == PREFIXED ? name + "*" : name;
        }
    }

    private static final List<Grant> GRANTS = new ArrayList<>();

    static {
        reads("telemetry-ingest", NODES, TELEMETRY, REPUTATION, NODE_CELLS);
        // Tombstones of forgotten nodes go to topics of others.
        writes("telemetry-ingest", NODE_HEALTH, ENERGY, CELL_COMMANDS, DEAD_LETTERS, NODES, NODE_CELLS);
        streams("telemetry-ingest", "vcp-telemetry");

        reads(
                "scheduler-stream",
                TASKS,
                COMMITMENTS,
                RESULTS,
                VERDICTS,
                LEDGER_COMMANDS,
                CELL_COMMANDS,
                CELL_SUMMARIES);
        writes("scheduler-stream", LEDGER_COMMANDS, CELL_COMMANDS, CELL_SUMMARIES, ASSIGNMENTS, VERIFICATIONS);
        writes("scheduler-stream", REPUTATION, NODE_CELLS, TASK_STATUS, LEDGER, BALANCES, DEAD_LETTERS);
        streams("scheduler-stream", "vcp-intake");
        streams("scheduler-stream", "vcp-ledger");
        streams("scheduler-stream", "vcp-cells");

        reads("executor-worker", ASSIGNMENTS, NODE_CELLS);
        writes("executor-worker", NODES, TELEMETRY, COMMITMENTS, RESULTS, TRACES, DEAD_LETTERS);
        grant("executor-worker", GROUP, PREFIXED, "vcp-node-", READ);

        reads("proof-verifier", VERIFICATIONS);
        writes("proof-verifier", NODES, VERDICTS, DEAD_LETTERS);
        grant("proof-verifier", GROUP, LITERAL, "vcp-verifiers", READ, DESCRIBE_CONFIGS, ALTER_CONFIGS);

        reads("gateway", NODES, NODE_HEALTH, REPUTATION, MODULES, CELL_SUMMARIES, TASK_STATUS, BALANCES, LEDGER);
        reads("gateway", COMMITMENTS, RESULTS, TRACES, VERIFICATIONS, VERDICTS, DEAD_LETTERS);
        writes("gateway", TASKS, MODULES, CELL_COMMANDS, LEDGER_COMMANDS);

        // Those who submit to the topic themselves, and follow what becomes of it.
        writes("submitter", TASKS);
        reads("submitter", TASK_STATUS);

        // Makes topics.
        grant("operator", TOPIC, PREFIXED, "vcp.", CREATE, DESCRIBE, DESCRIBE_CONFIGS);

        // Replays the logs.
        grant("auditor", TOPIC, PREFIXED, "vcp.", READ, DESCRIBE_CONFIGS);
        grant("auditor", GROUP, PREFIXED, "vcp-", DESCRIBE);

        // Apicurio keeps its schemas in Kafka.
        grant("registry", TOPIC, PREFIXED, "kafkasql-", CREATE, READ, WRITE, DESCRIBE_CONFIGS);
        grant("registry", TOPIC, LITERAL, "registry-events", CREATE, READ, WRITE, DESCRIBE_CONFIGS);
        grant("registry", GROUP, PREFIXED, "apicurio-", READ);
        grant("registry", TRANSACTIONAL_ID, PREFIXED, "apicurio-", WRITE);
    }

    private BrokerAccess() {}

    /// The whole table.
    public static List<Grant> all() {
        return List.copyOf(GRANTS);
    }

    /// Every user of it, in its order.
    public static List<String> users() {
        return GRANTS.stream().map(Grant::user).distinct().toList();
    }

    private static void reads(String user, Topic<?>... topics) {
        for (var topic : topics) grant(user, TOPIC, LITERAL, topic.name(), READ);
    }

    private static void writes(String user, Topic<?>... topics) {
        for (var topic : topics) grant(user, TOPIC, LITERAL, topic.name(), WRITE);
    }

    /// What Kafka Streams does under an application's id: its group, its transactions, its changelogs.
    private static void streams(String user, String application) {
        grant(user, GROUP, LITERAL, application, READ);
        grant(user, TRANSACTIONAL_ID, PREFIXED, application + "-", WRITE);
        grant(user, TOPIC, PREFIXED, application + "-", CREATE, READ, WRITE, DELETE, DESCRIBE_CONFIGS);
    }

    private static void grant(
            String user, ResourceType resource, PatternType pattern, String name, AclOperation... operations) {
        GRANTS.add(new Grant(user, resource, pattern, name, Set.copyOf(Arrays.asList(operations))));
    }
}
