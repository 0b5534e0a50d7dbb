package org.ambientvcp.scheduler.cell;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.CellNode;
import org.ambientvcp.events.CellTask;
import org.ambientvcp.events.PassOn;
import org.ambientvcp.events.Payment;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.SettleTask;
import org.ambientvcp.events.SlashNode;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;

/// What must be true of a cell after every command, whatever came. Looks at effects and stores only.
final class Invariants {
    final Map<String, CellTask> live = new HashMap<>();
    final Map<String, Long> rewards = new HashMap<>();
    /// By tenant/taskId.
    final Map<String, TaskStatus> seen = new HashMap<>();
    private final Map<String, CellNode> nodes = new HashMap<>();
    private final Map<String, Reputation> reputations = new HashMap<>();
    private final Set<String> settled = new HashSet<>();
    private final Set<String> offered = new HashSet<>();
    private final Set<String> changed = new HashSet<>();
    private long lastLeaseEpoch;
    int grants;
    int forgets;
    int acceptances;

    void check(CellRun run, SpecificRecord command, Effects effects, long now) {
        take(effects);
        if (command instanceof TaskOffer offer) offered(offer, effects);
        for (var output : effects.statuses()) seen.put(output.key(), output.value());
        checkLeases(effects, now);
        checkMoney(effects);
        checkSlots();
        for (var id : offered)
            assertThat(live.containsKey(id) != settled.contains(id))
                    .as("%s is live or settled", id)
                    .isTrue();
        for (var task : live.values()) {
            if (task.getState() == TaskState.LEASED || task.getState() == TaskState.VERIFYING)
                assertThat(run.cell().nextTimer()).isPresent();
        }
        for (var id : changed) {
            var task = live.get(id);
            if (task == null) continue;
            assertThat(AvroCodec.encode(task.getStatus()))
                    .as("what the user of %s sees", task.getTask().getTaskId())
                    .isEqualTo(AvroCodec.encode(
                            seen(task.getTask().getTenant(), task.getTask().getTaskId())));
        }
    }

    private void take(Effects effects) {
        changed.clear();
        for (var change : effects.changes()) {
            switch (change.store()) {
                case TASKS -> {
                    changed.add(change.key());
                    if (change.value() == null) live.remove(change.key());
                    else live.put(change.key(), AvroCodec.copy(CellTask.class, (CellTask) change.value()));
                }
                case NODES -> {
                    if (change.value() == null) forgotten(change.key());
                    else node(AvroCodec.copy(CellNode.class, (CellNode) change.value()));
                }
                case FINISHED, TURNS, META, DEPARTED -> {}
            }
        }
    }

    private void node(CellNode node) {
        var reputation = node.getReputation();
        var before = reputations.put(reputation.getNodeId(), reputation);
        if (before != null)
            assertThat(List.of(
                            reputation.getAccepted() - before.getAccepted(),
                            reputation.getFailed() - before.getFailed(),
                            reputation.getDisputes() - before.getDisputes()))
                    .as("what verdicts said of %s is not lost", reputation.getNodeId())
                    .allMatch(more -> more >= 0);
        nodes.put(reputation.getNodeId(), node);
    }

    private void forgotten(String nodeId) {
        forgets++;
        nodes.remove(nodeId);
    }

    private void offered(TaskOffer offer, Effects effects) {
        var task = offer.getTask();
        var passedOn =
                effects.ledger().stream().anyMatch(output -> output.value().getBody() instanceof PassOn);
        if (effects.ignored() > 0 || !effects.refusals().isEmpty() || passedOn) return;
        // Once forgotten, an id may come again as a new task.
        settled.remove(task.getTaskId());
        if (!live.containsKey(task.getTaskId()))
            assertThat(settlements(effects)).contains(task.getTaskId());
        offered.add(task.getTaskId());
        rewards.put(task.getTaskId(), task.getRewardMicros());
    }

    private static Set<String> settlements(Effects effects) {
        var ids = new HashSet<String>();
        for (var output : effects.ledger())
            if (output.value().getBody() instanceof SettleTask settle) ids.add(settle.getTaskId());
        return ids;
    }

    private void checkLeases(Effects effects, long now) {
        for (var output : effects.assignments()) {
            var lease = output.value();
            if (lease.getKind() != AssignmentKind.EXECUTE) continue;
            grants++;
            assertThat(lease.getLeaseEpoch()).as("epochs grow").isGreaterThan(lastLeaseEpoch);
            lastLeaseEpoch = lease.getLeaseEpoch();
            var node = requireNonNull(nodes.get(lease.getNodeId()));
            assertThat(node.getLeaseExpiresAtEpochMillis())
                    .as("the node is live")
                    .isGreaterThan(now);
            assertThat(node.getNode().getBreaker()).isNotEqualTo(Breaker.OPEN);
            assertThat(lease.getExplanation().getChosenNodeId()).isEqualTo(lease.getNodeId());
            var counted = lease.getExplanation().getCandidates();
            for (var rule : lease.getExplanation().getFiltered()) counted += rule.getNodes();
            assertThat(counted)
                    .as("every node is counted once")
                    .isEqualTo(lease.getExplanation().getConsidered());
        }
    }

    private void checkMoney(Effects effects) {
        for (var output : effects.ledger()) {
            switch (output.value().getBody()) {
                case SettleTask settle
                when settle.getAttempt() > 0 -> {
                    assertThat(settled.add(settle.getTaskId()))
                            .as("%s is settled once", settle.getTaskId())
                            .isTrue();
                    var paid = settle.getPayments().stream()
                            .mapToLong(Payment::getAmountMicros)
                            .sum();
                    var state = seen(settle.getTenant(), settle.getTaskId()).getState();
                    if (state == TaskState.ACCEPTED) acceptances++;
                    long due = state == TaskState.ACCEPTED ? requireNonNull(rewards.get(settle.getTaskId())) : 0;
                    assertThat(paid).isEqualTo(due);
                }
                case SlashNode slash -> assertThat(slash.getAmountMicros()).isPositive();
                default -> {}
            }
        }
    }

    private void checkSlots() {
        var held = new HashMap<String, Integer>();
        for (var task : live.values())
            for (var replica : task.getReplicas())
                if (LeaseState.valueOf(replica.getState()).holdsSlot())
                    held.merge(replica.getNodeId(), 1, Integer::sum);
        assertThat(nodes.keySet()).as("a node that holds a lease is known").containsAll(held.keySet());
        nodes.forEach((id, node) -> {
            assertThat(node.getBusySlots()).as("busy slots of %s", id).isEqualTo(held.getOrDefault(id, 0));
            assertThat(node.getBusySlots()).isLessThanOrEqualTo(node.getNode().getSlots());
        });
    }

    private TaskStatus seen(String tenant, String taskId) {
        return requireNonNull(seen.get(Topics.taskStatusKey(tenant, taskId)), taskId);
    }
}
