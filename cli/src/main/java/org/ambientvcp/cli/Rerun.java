package org.ambientvcp.cli;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.runner.TaskRunner;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.wasm.ModuleCache;
import org.ambientvcp.wasm.WasmEngine;

/// Runs a task again on this machine and compares. Module and input come from the gateway by hash and are checked
/// against it.
final class Rerun {
    private static final int MODULE_CACHE_BYTES = 64 << 20;
    private static final TaskRun.Cost NONE = new TaskRun.Cost(0, 0, 0, 0, EnergySource.MODEL);

    private final GatewayClient gateway;

    Rerun(GatewayClient gateway) {
        this.gateway = gateway;
    }

    List<Finding> findings(TaskEvidence evidence) {
        var findings = new ArrayList<Finding>();
        var accepted = EvidenceCheck.acceptedDigest(evidence);
        if (accepted.isEmpty()) return findings; // there is nothing to compare with, and EvidenceCheck says so
        var job = evidence.job();
        var run = new TaskRunner(gateway.blobs(), new ModuleCache(MODULE_CACHE_BYTES), new WasmEngine(System::nanoTime))
                .run(job.getTask());
        if (run.outcome() == Outcome.NODE_FAILED) {
            findings.add(new Finding(false, "this machine could not run the program: " + run.reason()));
            return findings;
        }
        var lease = Assignment.newBuilder()
                .setKind(AssignmentKind.EXECUTE)
                .setCell(job.getCell())
                .setTaskId(job.getTaskId())
                .setNodeId("")
                .setAttempt(job.getAttempt())
                .setLeaseEpoch(0)
                .setReplica(0)
                .setLeaseExpiresAtEpochMillis(0)
                .build();
        var digest = ResultDigest.of(run.result(lease, job.getTask().getModuleSha256(), NONE, new byte[0]));
        findings.add(new Finding(
                digest.equals(accepted.get()),
                "run here: " + Units.count(run.gasUsed()) + " gas, result " + digest.substring(0, 16) + "…"
                        + (digest.equals(accepted.get()) ? ", the same" : ", another than the accepted one")));
        return findings;
    }
}
