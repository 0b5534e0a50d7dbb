package org.ambientvcp.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.WasmEngineException;

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
    private final Invocation invocation;
    private final TraceDigest trace;
    private final Resources resources;
    private final Meter meter;
    private final OutputBuffer output;

    Sandbox(WasmModule module, Invocation invocation, LongSupplier nanoTime) {
        var limits = invocation.limits();
        this.module = module;
        this.invocation = invocation;
        this.trace = new TraceDigest(module.sha256Bytes());
        this.resources = new Resources(limits);
        this.meter = new Meter(limits, resources, new Deadline(nanoTime, limits.wallMillis()), trace);
        this.output = new OutputBuffer(limits.outputBytes());
    }

    /// Runs to one of the outcomes; never throws what a program could cause. For a thread with a deep stack.
    Execution run() {
        var ending = end();
        return new Execution(
                ending.outcome(),
                ending.exitCode(),
                ending.reason(),
                ending.values(),
                output.output(),
                output.stderr(),
                meter.gasUsed(),
                meter.instructions(),
                resources.peakPages(),
                trace.hex(),
                meter.checkpoints().interval(),
                meter.checkpoints().digests());
    }

    private Ending end() {
        try {
            return new Ending(Outcome.COMPLETED, 0, null, call());
        } catch (Refusal e) {
            return Ending.because(Outcome.INVALID_MODULE, e.reason());
        } catch (Stop e) {
            return new Ending(e.outcome(), e.exitCode(), e.reason(), List.of());
        } catch (WasmInterruptedException e) {
            return Ending.because(Outcome.NODE_FAILED, "the run was interrupted");
        } catch (WasmEngineException e) {
            return trapOrFailure(e);
        } catch (StackOverflowError | OutOfMemoryError e) {
            return Ending.because(Outcome.NODE_FAILED, "the node ran out of " + EngineErrors.scarce(e));
        } catch (RuntimeException | AssertionError e) {
            return defect(e);
        }
    }

    private Ending trapOrFailure(WasmEngineException exception) {
        if (exception.getCause() instanceof StackOverflowError)
            return Ending.because(Outcome.NODE_FAILED, "the node ran out of stack");
        var trap = Traps.name(exception);
        return trap == null ? defect(exception) : Ending.because(Outcome.TRAPPED, trap);
    }

    private Ending defect(Throwable exception) {
        LOG.atError().addKeyValue("module", module.sha256()).setCause(exception).log("the interpreter failed");
        return Ending.because(
                Outcome.NODE_FAILED,
                "the interpreter failed with " + exception.getClass().getSimpleName());
    }

    private List<Value> call() throws Refusal {
        var entry = invocation.entry();
        var function = EntryCheck.function(module, entry);
        var instance = instantiate(EntryCheck.argumentBytes(entry));
        if (EntryCheck.isReactor(module, entry)) instance.export("_initialize").apply();
        return values(function, instance.export(function).apply(bits(entry)));
    }

    /// Builds the instance; its start function, if any, runs here.
    private Instance instantiate(List<byte[]> arguments) {
        var memory = new GuestMemory(resources, meter);
        var input = new InputReader(invocation.input());
        var vcp = new VcpHost(memory, input, output);
        var wasi = new WasiHost(
                memory, input, output, arguments, invocation.epochMillis(), new RandomStream(invocation.randomSeed()));
        return Instance.builder(module.parsed())
                .withStart(false)
                .withMemoryFactory(resources::createMemory)
                .withTableFactory(resources::createTable)
                .withImportValues(HostInterface.bind(module.parsed(), vcp, wasi, meter))
                .withUnsafeExecutionListener(meter)
                .withMachineFactory(instance -> new BoundedMachine(instance, module.localsByFunction(), meter))
                .build();
    }

    private static long[] bits(Entry entry) {
        return entry instanceof Entry.Call call
                ? call.arguments().stream().mapToLong(Value::bits).toArray()
                : new long[0];
    }

    private List<Value> values(String function, long @Nullable [] bits) {
        var type = module.exportedFunction(function);
        if (type == null || bits == null) return List.of();
        var values = new ArrayList<Value>();
        for (var i = 0; i < type.returns().size(); i++)
            values.add(new Value(ValueType.ofText(TypeText.of(type.returns().get(i))), bits[i]));
        return values;
    }
}
