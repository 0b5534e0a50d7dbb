package org.ambientvcp.it;

import java.util.List;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;

/// Tasks as somebody writes them who uses Kafka and no gateway.
final class KafkaTasks {
    private KafkaTasks() {}

    /// Counts the primes below 1,000 on an honest node, for 1,000 micro-units.
    static Task.Builder primes(String taskId, String tenant, String moduleSha256) {
        return Task.newBuilder()
                .setTaskId(taskId)
                .setTenant(tenant)
                .setModuleSha256(moduleSha256)
                .setEntry(new FunctionEntry("count_primes", List.of(new WasmValue(WasmType.I32, 1_000L))))
                .setLimits(Limits.newBuilder().build())
                .setRequirements(Requirements.newBuilder().setRegion("eu-north").build())
                .setVerification(Verification.newBuilder()
                        .setLevel(VerificationLevel.SIGNED)
                        .build())
                .setRewardMicros(1_000)
                .setSubmittedAtEpochMillis(System.currentTimeMillis())
                .setSubmittedBy("plain-producer");
    }
}
