package org.ambientvcp.audit.whatif;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.schemas.Sha256;

/// How a task would run on a node: as it did, if it did; else as the node ran other tasks. Two equal logs give equal
/// answers. One thread.
///
/// A task's work is its gas, which does not depend on the node. A node's pace, the time aside from the run, the energy
/// for a unit of gas and the shares of failed, refused and unanswered leases are its means over the log. Whether a run
/// that never was fails is drawn by a hash of task and node, so it is the same under every strategy.
final class RunModel {
    private static final String DRAW = "vcp/what-if/v1";

    private record Check(VerificationLevel level, boolean reexecuted) {}

    private static final class Mean {
        private long count;
        private long sum;

        void add(long value) {
            count++;
            sum += value;
        }

        long of() {
            return count == 0 ? 0 : sum / count;
        }
    }

    private final Map<String, List<ObservedRun>> runs = new HashMap<>();
    private final Map<String, NodeHabits> nodes = new HashMap<>();
    private final Map<String, NodeHabits> modules = new HashMap<>();
    private final NodeHabits everybody = new NodeHabits();
    private final Map<Check, Mean> checks = new HashMap<>();
    private final Mean reveals = new Mean();

    /// A task has ended, or the log has.
    void observed(String taskId, String moduleSha256, List<ObservedRun> seen) {
        if (seen.isEmpty()) return;
        runs.merge(taskId, List.copyOf(seen), (before, more) -> before);
        for (var run : seen) {
            nodes.computeIfAbsent(run.nodeId(), unknown -> new NodeHabits()).add(run);
            modules.computeIfAbsent(moduleSha256, unknown -> new NodeHabits()).add(run);
            everybody.add(run);
        }
    }

    void observedCheck(VerificationLevel level, boolean reexecuted, long millis) {
        checks.computeIfAbsent(new Check(level, reexecuted), unknown -> new Mean())
                .add(millis);
    }

    void observedReveal(long millis) {
        reveals.add(millis);
    }

    void judged(String nodeId, boolean refused) {
        nodes.computeIfAbsent(nodeId, unknown -> new NodeHabits()).judged(refused);
    }

    long checkMillis(VerificationLevel level, boolean reexecuted) {
        var mean = checks.get(new Check(level, reexecuted));
        if (mean == null) mean = checks.get(new Check(level, !reexecuted));
        return mean == null ? 0 : mean.of();
    }

    long revealMillis() {
        return reveals.of();
    }

    ObservedRun run(String taskId, String moduleSha256, String nodeId) {
        var seen = runs.getOrDefault(taskId, List.of());
        for (var run : seen) if (run.nodeId().equals(nodeId)) return run;
        var own = nodes.get(nodeId);
        var pace = NodeHabits.of(own, everybody);
        long gas = gas(seen, moduleSha256);
        return new ObservedRun(
                nodeId,
                pace.millis(gas),
                gas,
                pace.wallMicros(gas),
                pace.microjoules(gas),
                own != null && drawn("failed", taskId, nodeId) < own.failedPpm(),
                own != null && drawn("wrong", taskId, nodeId) < own.wrongPpm(),
                own != null && drawn("silent", taskId, nodeId) < own.silentPpm());
    }

    /// Of the task where it ran; else of the mean run of its program; else of the mean run.
    private long gas(List<ObservedRun> seen, String moduleSha256) {
        for (var run : seen) if (run.gas() > 0) return run.gas();
        return NodeHabits.of(modules.get(moduleSha256), everybody).meanGas();
    }

    private static int drawn(String what, String taskId, String nodeId) {
        var text = String.join("\n", DRAW, what, taskId, nodeId).getBytes(StandardCharsets.UTF_8);
        return (int) Long.remainderUnsigned(ByteBuffer.wrap(Sha256.digest(text)).getLong(), 1_000_000);
    }
}
