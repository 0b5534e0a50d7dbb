package org.ambientvcp.gateway.view;

import com.codahale.metrics.Meter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.ambientvcp.events.AccountBalance;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.ModuleInfo;
import org.ambientvcp.events.NodeHealth;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Opened;
import org.ambientvcp.schemas.signing.SignedEvents;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// The latest of everything a user may ask for, by key and sorted by it. Tasks are bounded by [TaskStatuses], the
/// others by how many nodes, modules, accounts and cells there are. One thread writes, any number read.
public final class Views {
    private final TaskStatuses tasks;
    private final Map<String, NodeRegistration> registrations = new ConcurrentSkipListMap<>();
    private final Map<String, NodeHealth> health = new ConcurrentSkipListMap<>();
    private final Map<String, Reputation> reputations = new ConcurrentSkipListMap<>();
    private final Map<String, ModuleInfo> modules = new ConcurrentSkipListMap<>();
    private final Map<String, AccountBalance> balances = new ConcurrentSkipListMap<>();
    private final Map<Integer, CellSummary> cells = new ConcurrentSkipListMap<>();
    private final Meter accepted = new Meter();
    private final Meter finished = new Meter();

    public Views(int mostTasks) {
        tasks = new TaskStatuses(mostTasks);
    }

    /// Takes in a record.
    ///
    /// @param value null removes what the key says
    /// @param live whether it was written after the start, so that it counts as throughput
    void apply(Topic<?> topic, String key, @Nullable SpecificRecord value, boolean live) {
        switch (value) {
            case null -> remove(topic, key);
            case TaskStatus status -> {
                var before = tasks.put(status);
                if (live) count(before, status.getState());
            }
            case Signed signed -> register(key, signed);
            case NodeHealth update -> health.put(update.getNodeId(), update);
            case Reputation update -> reputations.put(update.getNodeId(), update);
            case ModuleInfo module -> modules.put(module.getSha256(), module);
            case AccountBalance balance -> balances.put(balance.getAccount(), balance);
            case CellSummary cell -> cells.put(cell.getCell(), cell);
            default -> throw new IllegalArgumentException("no view of " + topic.name());
        }
    }

    /// What a node says of itself counts only if it is signed by that node and newer than what was there.
    private void register(String key, Signed signed) {
        if (!(SignedEvents.open(Domain.REGISTRATION, signed) instanceof Opened.Valid<NodeRegistration> valid)) return;
        var said = valid.event();
        if (!valid.signerId().equals(key) || !said.getNodeId().equals(key)) return;
        registrations.merge(key, said, (before, now) -> isNewer(now, before) ? now : before);
    }

    private static boolean isNewer(NodeRegistration now, NodeRegistration before) {
        return now.getEpoch() == before.getEpoch()
                ? now.getSequence() > before.getSequence()
                : now.getEpoch() > before.getEpoch();
    }

    private void count(Optional<TaskState> before, TaskState now) {
        if (!TaskStatuses.isTerminal(now)
                || before.filter(TaskStatuses::isTerminal).isPresent()) return;
        finished.mark();
        if (now == TaskState.ACCEPTED) accepted.mark();
    }

    private void remove(Topic<?> topic, String key) {
        if (topic.equals(Topics.TASK_STATUS)) tasks.remove(key);
        else if (topic.equals(Topics.NODES)) registrations.remove(key);
        else if (topic.equals(Topics.NODE_HEALTH)) health.remove(key);
        else if (topic.equals(Topics.REPUTATION)) reputations.remove(key);
        else if (topic.equals(Topics.MODULES)) modules.remove(key);
        else if (topic.equals(Topics.BALANCES)) balances.remove(key);
        else if (topic.equals(Topics.CELL_SUMMARIES)) cells.values().removeIf(cell -> key.equals("" + cell.getCell()));
    }

    /// Shows a module that the brokers have acknowledged before it comes back by its topic.
    public void show(ModuleInfo module) {
        modules.putIfAbsent(module.getSha256(), module);
    }

    public TaskStatuses tasks() {
        return tasks;
    }

    /// By node id.
    public Map<String, NodeRegistration> registrations() {
        return registrations;
    }

    /// By node id.
    public Map<String, NodeHealth> health() {
        return health;
    }

    /// By node id.
    public Map<String, Reputation> reputations() {
        return reputations;
    }

    /// By SHA-256.
    public Map<String, ModuleInfo> modules() {
        return modules;
    }

    /// By account.
    public Map<String, AccountBalance> balances() {
        return balances;
    }

    /// By number.
    public Map<Integer, CellSummary> cells() {
        return cells;
    }

    /// Tasks accepted since the start.
    public Meter accepted() {
        return accepted;
    }

    /// Tasks that came to an end since the start, whatever end.
    public Meter finished() {
        return finished;
    }
}
