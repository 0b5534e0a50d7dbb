package org.ambientvcp.worker;

import java.nio.ByteBuffer;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.ResultCommitment;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.signing.Identity;
import org.jspecify.annotations.Nullable;

/// What a run publishes, signed.
///
/// @param commitment null if the result is published at once: the lease asks for none, or the node failed
record Evidence(
        Outcome outcome,
        Signed result,
        Signed trace,
        @Nullable Signed commitment) {
    private static final byte[] NO_SALT = {};

    /// Signs a run. Everything but the cost is the same whenever it is done again for the same lease.
    static Evidence of(Identity identity, Assignment lease, TaskRun run, TaskRun.Cost cost) {
        var module = lease.getTask().getModuleSha256();
        var committed = lease.getCommitFirst() && run.outcome() != Outcome.NODE_FAILED;
        var result = run.result(lease, module, cost, committed ? Salt.of(identity, lease) : NO_SALT);
        return new Evidence(
                run.outcome(),
                identity.sign(Domain.RESULT, result),
                identity.sign(Domain.TRACE, run.trace(lease, module)),
                committed ? identity.sign(Domain.COMMITMENT, commitment(lease, result)) : null);
    }

    private static ResultCommitment commitment(Assignment lease, TaskResult result) {
        return new ResultCommitment(
                lease.getCell(),
                lease.getTaskId(),
                lease.getNodeId(),
                lease.getAttempt(),
                lease.getLeaseEpoch(),
                ResultDigest.commitment(salt(result.getSalt()), lease.getNodeId(), ResultDigest.of(result)));
    }

    private static byte[] salt(ByteBuffer salt) {
        return org.ambientvcp.schemas.Bytes.of(salt);
    }
}
