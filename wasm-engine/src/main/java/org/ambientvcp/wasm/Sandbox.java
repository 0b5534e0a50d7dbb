package org.ambientvcp.wasm;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.wasm.host.HostInterface;
import org.ambientvcp.wasm.host.OutputBuffer;
import org.ambientvcp.wasm.machine.Checkpoints;
import org.ambientvcp.wasm.machine.Deadline;
import org.ambientvcp.wasm.machine.Executor;
import org.ambientvcp.wasm.machine.GasMeter;
import org.ambientvcp.wasm.machine.Instance;
import org.ambientvcp.wasm.machine.Traps;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run: a fresh instance with its own memory, tables, globals and host, used once and thrown away.
final class Sandbox {
    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

    private record Ending(
            Outcome outcome, int exitCode, @Nullable String reason, List<Value> values) {
        static Ending because(Outcome outcome, String reason) {
            return new Ending(outcome, 0, reason, List.of());
        }
    }

    private final WasmModule module;
    private final Executor executor;
    private final Invocation invocation;
    private final Checkpoints checkpoints;
    private final GasMeter meter;
    private final OutputBuffer output;
    private @Nullable Instance instance;

    private Sandbox(WasmModule module, Executor executor, Invocation invocation, Deadline deadline, long probeGas) {
        var limits = invocation.limits();
        this.module = module;
        this.executor = executor;
        this.invocation = invocation;
        this.checkpoints = new Checkpoints(limits.gas());
        this.meter = new GasMeter(limits.gas(), deadline, checkpoints, probeGas);
        this.output = new OutputBuffer(limits.outputBytes());
    }

    /// Runs to one of the outcomes; never throws what a program could cause. For a thread with a deep stack.
    static Execution run(WasmModule module, Executor executor, Invocation invocation, Deadline deadline) {
        return new Sandbox(module, executor, invocation, deadline, Long.MAX_VALUE).run();
    }

    /// As [#run], in the interpreter; null if the run uses more than [WasmModule#PROBE_GAS], and was left then.
    static @Nullable Execution probe(WasmModule module, Invocation invocation, Deadline deadline) {
        var sandbox = new Sandbox(module, module.interpreter(), invocation, deadline, WasmModule.PROBE_GAS);
        try {
            var execution = sandbox.run();
            module.probed(execution.gasUsed());
            return execution;
        } catch (GasMeter.ProbeOver e) {
            module.probed(WasmModule.PROBE_GAS);
            return null;
        }
    }

    private Execution run() {
        var ending = end();
        var ran = instance;
        var used = ran == null ? 0 : meter.used(ran.gas);
        var gasUsed = Math.min(used, invocation.limits().gas());
        return new Execution(
                ending.outcome(),
                ending.exitCode(),
                ending.reason(),
                ending.values(),
                output.output(),
                output.stderr(),
                gasUsed,
                gasUsed - meter.extra(),
                ran == null ? 0 : ran.pages(),
                TraceDigest.of(
                        module.sha256Bytes(),
                        gasUsed,
                        ran == null ? Instance.PATH_START : ran.path,
                        checkpoints.digests()),
                checkpoints.interval(),
                checkpoints.digests());
    }

    /// A block is paid for as a whole when it begins, and whether that was too much is looked at when the run ends,
    /// if not before: such a run ended for want of gas, however else it ended.
    private Ending end() {
        var ending = outcome();
        if (instance == null || !ending.outcome().isDeterministic() || !meter.isOverdrawn(instance.gas)) return ending;
        var stop = meter.outOfGas();
        return Ending.because(stop.outcome(), String.valueOf(stop.reason()));
    }

    private Ending outcome() {
        try {
            return new Ending(Outcome.COMPLETED, 0, null, call());
        } catch (Refusal e) {
            return Ending.because(Outcome.INVALID_MODULE, e.reason());
        } catch (GasMeter.ProbeOver e) {
            throw e;
        } catch (StackOverflowError | OutOfMemoryError e) {
            return Ending.because(Outcome.NODE_FAILED, "the node ran out of " + EngineErrors.scarce(e));
        } catch (RuntimeException | LinkageError | AssertionError e) {
            var stop = e instanceof RuntimeException refused ? Traps.of(refused) : null;
            return stop == null ? defect(e) : new Ending(stop.outcome(), stop.exitCode(), stop.reason(), List.of());
        }
    }

    private Ending defect(Throwable exception) {
        LOG.atError().addKeyValue("module", module.sha256()).setCause(exception).log("the engine failed");
        return Ending.because(
                Outcome.NODE_FAILED,
                "the engine failed with " + exception.getClass().getSimpleName());
    }

    private List<Value> call() throws Refusal {
        var entry = invocation.entry();
        var function = EntryCheck.function(module, entry);
        var arguments = EntryCheck.argumentBytes(entry);
        var created =
                new Instance(module.code(), executor, meter, invocation.limits().memoryPages());
        instance = created;
        created.start(HostInterface.bind(
                created,
                new HostInterface.Surroundings(
                        invocation.input(), output, arguments, invocation.epochMillis(), invocation.randomSeed())));
        var initialize = EntryCheck.initialize(module, entry);
        if (initialize != null) created.call(initialize.index());
        if (entry instanceof Entry.Call call) {
            for (var i = 0; i < call.arguments().size(); i++)
                created.stack[i] = call.arguments().get(i).bits();
        }
        created.call(function.index());
        return values(function, created.stack);
    }

    private static List<Value> values(ExportedFunction function, long[] bits) {
        var values = new ArrayList<Value>();
        for (var i = 0; i < function.results().size(); i++)
            values.add(new Value(ValueType.ofText(function.results().get(i)), bits[i]));
        return values;
    }
}
