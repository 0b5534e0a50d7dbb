package org.ambientvcp.simulation.world;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.wasm.Bytes;

/// What runs give, without running anything: the truth is a function of module and arguments.
final class Runs {
    static final TaskRun.Cost COST = new TaskRun.Cost(1, 1_000, 900, 500, EnergySource.MODEL);
    private static final byte[] NO_SALT = {};

    private Runs() {}

    /// What an honest run gives.
    static TaskRun truth(Task task) {
        return run(task, "");
    }

    /// What it does not give.
    static TaskRun lie(Task task, String flavour) {
        return run(task, "lie " + flavour);
    }

    static String trueDigest(Task task) {
        var lease =
                new Assignment(AssignmentKind.EXECUTE, 0, task.getTaskId(), "", 1, 1L, 0, 0L, false, task, null, null);
        return ResultDigest.of(truth(task).result(lease, task.getModuleSha256(), COST, NO_SALT));
    }

    private static TaskRun run(Task task, String flavour) {
        var arguments = task.getEntry() instanceof FunctionEntry call
                ? call.getArguments().toString()
                : "";
        var digest = Sha256.digest((task.getModuleSha256() + arguments + flavour).getBytes(StandardCharsets.UTF_8));
        var traps = flavour.isEmpty() && (digest[0] & 15) == 0;
        var output = (digest[1] & 7) == 0 ? Bytes.of(digest) : Bytes.EMPTY;
        return new TaskRun(
                traps ? Outcome.TRAPPED : Outcome.COMPLETED,
                0,
                traps ? "unreachable" : null,
                traps ? List.of() : List.of(new WasmValue(WasmType.I64, number(digest))),
                output,
                Bytes.EMPTY,
                1_000 + (digest[2] & 127),
                1_000,
                1,
                Sha256.hex(digest),
                1_000,
                List.of());
    }

    private static long number(byte[] digest) {
        long number = 0;
        for (int i = 8; i < 16; i++) number = number << 8 | (digest[i] & 255);
        return number;
    }
}
