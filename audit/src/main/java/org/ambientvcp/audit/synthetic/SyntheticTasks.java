package org.ambientvcp.audit.synthetic;

import java.util.List;
import java.util.SplittableRandom;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.Sha256;

/// Tasks of three tenants: most signed only or spot-checked, some a quorum. One thread.
final class SyntheticTasks {
    static final List<String> TENANTS = List.of("acme", "globex", "initech");
    private static final String MODULE = Sha256.hex(new byte[] {1});

    private final SplittableRandom random;
    private long number;

    SyntheticTasks(SplittableRandom random) {
        this.random = random;
        AvroCodec.schema(Task.class); // makes Avro trust our records
    }

    Task next(long now) {
        var kind = random.nextInt(20);
        return Task.newBuilder()
                .setTaskId("task-" + number++)
                .setTenant(TENANTS.get(random.nextInt(TENANTS.size())))
                .setModuleSha256(MODULE)
                .setEntry(FunctionEntry.newBuilder().setFunction("run").build())
                .setLimits(Limits.newBuilder().setMemoryPages(16).build())
                .setRequirements(Requirements.newBuilder()
                        .setRegion(kind != 0 && random.nextInt(4) == 0 ? "eu" : null)
                        .build())
                .setStrategy(random.nextInt(3) == 0 ? Strategy.LEAST_LOADED : null)
                .setVerification(verification(kind))
                .setPriority(random.nextInt(5))
                .setRewardMicros(random.nextInt(100, 10_000))
                .setSubmittedAtEpochMillis(now)
                .setSubmittedBy("synthetic")
                .build();
    }

    private static Verification verification(int kind) {
        var level = kind == 0
                ? VerificationLevel.QUORUM
                : kind < 12 ? VerificationLevel.SPOT_CHECK : VerificationLevel.SIGNED;
        return Verification.newBuilder()
                .setLevel(level)
                .setReplicas(kind == 0 ? 3 : 1)
                .setQuorum(kind == 0 ? 2 : 1)
                .build();
    }
}
