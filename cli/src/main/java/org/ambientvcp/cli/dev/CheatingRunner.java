package org.ambientvcp.cli.dev;

import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.wasm.Bytes;
import org.ambientvcp.worker.Runner;

/// A node that runs the program and then lies: the cleverest lie, since everything but one field is that of the real
/// run. Of a program that completed it claims another result, of one that did not another gas. For the dev cluster and
/// for tests.
final class CheatingRunner implements Runner {
    private final Runner honest;

    CheatingRunner(Runner honest) {
        this.honest = honest;
    }

    @Override
    public TaskRun run(Assignment assignment) {
        var run = honest.run(assignment);
        if (run.outcome() == Outcome.NODE_FAILED) return run;
        var completed = run.outcome() == Outcome.COMPLETED;
        var values = run.values().stream()
                .map(value -> new WasmValue(value.getType(), otherBits(value)))
                .toList();
        return new TaskRun(
                run.outcome(),
                run.exitCode(),
                run.reason(),
                values,
                completed ? otherBytes(run.output()) : run.output(),
                run.stderr(),
                completed ? run.gasUsed() : otherGas(run.gasUsed()),
                run.instructions(),
                run.peakMemoryPages(),
                run.traceDigest(),
                run.checkpointGas(),
                run.checkpoints());
    }

    private static long otherGas(long gas) {
        return gas == 0 ? 1 : gas - 1;
    }

    private static long otherBits(WasmValue value) {
        return value.getType() == WasmType.I32 || value.getType() == WasmType.F32
                ? value.getBits() + 1 & 0xffff_ffffL
                : value.getBits() + 1;
    }

    private static Bytes otherBytes(Bytes output) {
        var bytes = output.toArray();
        if (bytes.length > 0) bytes[0] ^= 1;
        return Bytes.of(bytes);
    }
}
