package org.ambientvcp.schemas;

import java.nio.ByteBuffer;
import java.util.List;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasiEntry;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;

/// Records that nothing is wrong with.
public final class Samples {
    private Samples() {}

    public static Task task() {
        return Task.newBuilder()
                .setTaskId("task-7")
                .setTenant("acme")
                .setModuleSha256("ab".repeat(32))
                .setEntry(new WasiEntry(List.of("--fast")))
                .setInput(new InlineBytes(ByteBuffer.wrap(new byte[] {1, 2, 3})))
                .setLimits(new Limits(256, 1_000_000L, 30_000, 65_536))
                .setRequirements(new Requirements("eu", null, List.of("simd"), 0))
                .setVerification(new Verification(VerificationLevel.SPOT_CHECK, 1, 1, 100_000))
                .setRewardMicros(5_000_000L)
                .setSubmittedAtEpochMillis(1_700_000_000_000L)
                .setSubmittedBy("ann")
                .build();
    }

    public static TaskResult result() {
        return new TaskResult(
                2,
                "task-7",
                "n" + "0".repeat(32),
                1,
                9L,
                "ab".repeat(32),
                Outcome.COMPLETED,
                7,
                "fine",
                List.of(new WasmValue(WasmType.I32, 42L)),
                null,
                "cd".repeat(32),
                12L,
                3_000L,
                17,
                "ef".repeat(32),
                100L,
                90L,
                80L,
                EnergySource.MODEL,
                ByteBuffer.wrap(new byte[0]),
                ByteBuffer.wrap(new byte[0]),
                1_700_000_000_000L);
    }
}
