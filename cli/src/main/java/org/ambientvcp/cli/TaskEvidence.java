package org.ambientvcp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.SingleObject;

/// What was signed about a task, as bytes: the last verification job (task, results, commitments) and the verdicts on
/// its attempt.
///
/// @param job evidence of the last attempt that was verified
/// @param verdicts envelopes, not opened yet
record TaskEvidence(VerificationJob job, List<Signed> verdicts) {

    TaskEvidence {
        verdicts = List.copyOf(verdicts);
    }

    /// @throws CommandFailure if the gateway delivers no evidence, or none that can be read
    static TaskEvidence of(JsonNode evidence) {
        VerificationJob last = null;
        try {
            for (var job : evidence.path("jobs")) {
                var read = SingleObject.decode(VerificationJob.class, bytes(job.path("singleObject")));
                if (last == null || read.getAttempt() >= last.getAttempt()) last = read;
            }
            if (last == null)
                throw new CommandFailure(
                        ExitCode.FAILED, "There is no evidence yet: no attempt of the task was verified.");
            var verdicts = new ArrayList<Signed>();
            for (var verdict : evidence.path("verdicts")) verdicts.add(signed(verdict.path("signed")));
            return new TaskEvidence(last, verdicts);
        } catch (MalformedEventException | IllegalArgumentException unreadable) {
            throw new CommandFailure(ExitCode.FAILED, "The evidence cannot be read: " + unreadable.getMessage());
        }
    }

    private static Signed signed(JsonNode envelope) {
        return new Signed(
                envelope.path("signerId").asText(),
                ByteBuffer.wrap(bytes(envelope.path("publicKey"))),
                envelope.path("domain").asText(),
                ByteBuffer.wrap(bytes(envelope.path("payload"))),
                ByteBuffer.wrap(bytes(envelope.path("signature"))));
    }

    private static byte[] bytes(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asText());
    }
}
