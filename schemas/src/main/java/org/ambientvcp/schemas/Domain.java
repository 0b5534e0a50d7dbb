package org.ambientvcp.schemas;

import org.ambientvcp.events.ExecutionTrace;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.ResultCommitment;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.TelemetrySample;
import org.ambientvcp.events.Verdict;
import org.apache.avro.specific.SpecificRecord;

/// What a signature is for. The name is part of the signed bytes, so that a signature made for one
/// purpose is worthless for every other.
///
/// @param name domain string, for example `vcp/result/v1`
/// @param payload Avro record the signed bytes hold
public record Domain<T extends SpecificRecord>(String name, Class<T> payload) {
    public static final Domain<NodeRegistration> REGISTRATION =
            new Domain<>("vcp/registration/v1", NodeRegistration.class);
    public static final Domain<TelemetrySample> TELEMETRY = new Domain<>("vcp/telemetry/v1", TelemetrySample.class);
    public static final Domain<ResultCommitment> COMMITMENT = new Domain<>("vcp/commitment/v1", ResultCommitment.class);
    public static final Domain<TaskResult> RESULT = new Domain<>("vcp/result/v1", TaskResult.class);
    public static final Domain<ExecutionTrace> TRACE = new Domain<>("vcp/trace/v1", ExecutionTrace.class);
    public static final Domain<Verdict> VERDICT = new Domain<>("vcp/verdict/v1", Verdict.class);

    /// The longest payload, in bytes. Results travel on inside commands, jobs and a cell's state, up to
    /// fifteen of them and twice in one record, and must not make those larger than a topic takes. A trace
    /// has up to 1,024 checkpoints.
    public int maxPayloadBytes() {
        return payload == ExecutionTrace.class ? 128 * 1024 : 64 * 1024;
    }
}
