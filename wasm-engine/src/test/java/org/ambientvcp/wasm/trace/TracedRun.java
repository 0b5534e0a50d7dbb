package org.ambientvcp.wasm.trace;

import java.util.List;
import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.interpreter.Interpreter;
import org.ambientvcp.wasm.interpreter.TestModule;
import org.ambientvcp.wasm.machine.Executor;
import org.ambientvcp.wasm.machine.HostCall;

/// A call of an export of a test module, again and again.
record TracedRun(TestModule module, String export, long argument) implements Rerun {
    private static final long GAS = 1_000_000;

    static TracedRun of(String module, String export, long argument) {
        return new TracedRun(TestModule.of(module), export, argument);
    }

    @Override
    public Outcome with(Executor executor) {
        return run(executor).outcome();
    }

    TestModule.Run run(Executor executor) {
        HostCall square = values -> new long[] {values[0] * values[0]};
        var hosts = module.code().imports().stream().map(imported -> square).toList();
        return module.call(module.stepped(), executor, GAS, List.copyOf(hosts), export, argument, argument);
    }

    LastSteps lastSteps(int capacity) {
        var steps = new LastSteps(module.bytes(), module.stepped(), capacity);
        run(new Interpreter(module.stepped(), steps));
        return steps;
    }
}
