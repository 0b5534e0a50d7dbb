package org.ambientvcp.verifier.rules;

import java.util.List;
import org.ambientvcp.events.NodeFinding;
import org.ambientvcp.events.VerdictOutcome;

/// The outcome of looking at one job. Bad evidence is an answer, not an exception.
public sealed interface Judgement {
    /// The evidence has been judged: what a verdict says.
    ///
    /// @param reason a sentence: what was checked and how
    /// @param findings one for every replica of the job, in its order; if INCONCLUSIVE only for those that showed
    ///     nothing or were refused whatever the others say
    /// @param resultDigest of the accepted result; "" unless ACCEPTED
    record Decided(
            VerdictOutcome outcome, String reason, List<NodeFinding> findings, String resultDigest, boolean reexecuted)
            implements Judgement {
        public Decided {
            findings = List.copyOf(findings);
        }
    }

    /// This verifier cannot judge it now (a store is away, its own run failed); says nothing of the evidence.
    record Deferred(String reason) implements Judgement {}

    /// It is no job: it contradicts itself, so there is nothing that a verdict could be about.
    record Unusable(String reason) implements Judgement {}
}
