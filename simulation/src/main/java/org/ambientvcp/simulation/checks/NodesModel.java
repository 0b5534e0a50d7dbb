package org.ambientvcp.simulation.checks;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.CellReplica;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.Requirements;
import org.jspecify.annotations.Nullable;

/// Nodes as they said they are.
final class NodesModel {
    /// A node.
    ///
    /// @param leaseEnd log time until which it may get work
    /// @param probes epochs leased since it became HALF_OPEN
    record Node(NodeUpdate update, long leaseEnd, Set<Long> probes) {}

    private final Findings findings;
    private final TreeMap<String, Node> nodes = new TreeMap<>();

    NodesModel(Findings findings) {
        this.findings = findings;
    }

    void update(NodeUpdate update, long now) {
        var before = nodes.get(update.getNodeId());
        var probes = before != null
                        && before.update().getBreaker() == Breaker.HALF_OPEN
                        && update.getBreaker() == Breaker.HALF_OPEN
                ? before.probes()
                : new HashSet<Long>();
        nodes.put(update.getNodeId(), new Node(update, now + update.getLeaseMillis(), probes));
    }

    @Nullable
    Node get(String nodeId) {
        return nodes.get(nodeId);
    }

    Iterable<Node> all() {
        return nodes.values();
    }

    static boolean fits(NodeUpdate node, Requirements wanted) {
        return (wanted.getRegion() == null || wanted.getRegion().equals(node.getRegion()))
                && (wanted.getNodeType() == null || wanted.getNodeType() == node.getNodeType())
                && node.getCapabilities().containsAll(wanted.getCapabilities())
                && node.getScorePpm() >= wanted.getMinimumHealthPpm();
    }

    static boolean holdsSlot(CellReplica replica) {
        return switch (replica.getState()) {
            case "LEASED", "COMMITTED", "REVEALING" -> true;
            default -> false;
        };
    }

    static boolean isOpen(CellReplica replica) {
        return holdsSlot(replica) || replica.getState().equals("RETURNED");
    }

    /// A lease was granted.
    void granted(Assignment lease, StoredCell stored, long now, String where) {
        var node = nodes.get(lease.getNodeId());
        var name = lease.getTaskId() + " on " + lease.getNodeId();
        if (node == null) {
            findings.add(Law.WORK_TO_AVAILABLE_NODES, where, name + ": nobody knows the node");
            return;
        }
        var update = node.update();
        findings.require(
                node.leaseEnd() > now,
                Law.WORK_TO_AVAILABLE_NODES,
                where,
                () -> name + ": the node's lease ended at " + node.leaseEnd() + ", it is " + now);
        findings.require(
                update.getBreaker() != Breaker.OPEN,
                Law.WORK_TO_AVAILABLE_NODES,
                where,
                () -> name + ": the breaker is open");
        if (update.getBreaker() == Breaker.HALF_OPEN) {
            node.probes().add(lease.getLeaseEpoch());
            var open = openOf(stored, update.getNodeId());
            open.retainAll(node.probes());
            findings.require(
                    open.size() <= 1, Law.WORK_TO_AVAILABLE_NODES, where, () -> name + ": probes are out: " + open);
        }
        findings.require(
                fits(update, lease.getTask().getRequirements()),
                Law.WORK_TO_FITTING_NODES,
                where,
                () -> name + ": does not fit " + lease.getTask().getRequirements());
        var task = stored.tasks().get(lease.getTaskId());
        if (task == null) return;
        var owners = new HashSet<String>();
        for (var replica : task.getReplicas())
            findings.require(
                    owners.add(replica.getOwnerId()),
                    Law.WORK_TO_FITTING_NODES,
                    where,
                    () -> name + ": two replicas with " + replica.getOwnerId());
        int held = busy(stored).getOrDefault(update.getNodeId(), 0);
        findings.require(
                held <= update.getSlots(),
                Law.SLOTS_NOT_OVERBOOKED,
                where,
                () -> name + ": " + held + " leases on " + update.getSlots() + " slots");
    }

    private static Set<Long> openOf(StoredCell stored, String nodeId) {
        var open = new HashSet<Long>();
        for (var task : stored.tasks().values())
            for (var replica : task.getReplicas())
                if (replica.getNodeId().equals(nodeId) && isOpen(replica)) open.add(replica.getLeaseEpoch());
        return open;
    }

    /// Slots that leases hold, by node.
    static Map<String, Integer> busy(StoredCell stored) {
        var busy = new HashMap<String, Integer>();
        for (var task : stored.tasks().values())
            for (var replica : task.getReplicas())
                if (holdsSlot(replica)) busy.merge(replica.getNodeId(), 1, Integer::sum);
        return busy;
    }

    /// What is stored of the nodes' slots is what the leases say.
    void slots(StoredCell stored, String where) {
        var busy = busy(stored);
        stored.nodes()
                .forEach((id, node) -> findings.require(
                        node.getBusySlots() == busy.getOrDefault(id, 0),
                        Law.SLOTS_NOT_OVERBOOKED,
                        where,
                        () -> id + " has " + node.getBusySlots() + " busy slots, its leases are "
                                + busy.getOrDefault(id, 0)));
    }
}
