package org.ambientvcp.worker;

import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.ResultCommitment;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.signing.Identity;

/// The secret behind a commitment. It follows from the node's key and the lease alone, so a node that was
/// restarted between commitment and reveal still has it, and nobody else can compute it.
///
/// Ed25519 signatures are a function of key and message (RFC 8032, section 5.1.6), so the hash of one that is
/// never published, in a domain of its own, is a pseudo-random function of the lease.
final class Salt {
    private static final Domain<ResultCommitment> SALT = new Domain<>("vcp/salt/v1", ResultCommitment.class);

    private Salt() {}

    /// 32 bytes for a lease.
    static byte[] of(Identity identity, Assignment lease) {
        var message = new ResultCommitment(
                lease.getCell(), lease.getTaskId(), lease.getNodeId(), lease.getAttempt(), lease.getLeaseEpoch(), "");
        return Sha256.digest(Bytes.of(identity.sign(SALT, message).getSignature()));
    }
}
