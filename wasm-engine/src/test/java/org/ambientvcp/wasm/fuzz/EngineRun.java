package org.ambientvcp.wasm.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.machine.Checkpoints;
import org.ambientvcp.wasm.machine.Deadline;
import org.ambientvcp.wasm.machine.Executor;
import org.ambientvcp.wasm.machine.GasMeter;
import org.ambientvcp.wasm.machine.HostCall;
import org.ambientvcp.wasm.machine.Instance;
import org.ambientvcp.wasm.machine.Traps;

/// A run of a random module by this engine.
///
/// @param gas what was used, may be above the limit
/// @param blocks gas of blocks alone
/// @param path hash of the blocks that were run
record EngineRun(Ending ending, long gas, long blocks, long path, List<String> checkpoints) {
    private static final int DAY_MILLIS = 86_400_000;

    static EngineRun of(RandomModule module, ModuleCode code, Executor executor, long gas) {
        var checkpoints = new Checkpoints(gas);
        var meter = new GasMeter(gas, new Deadline(System::nanoTime, DAY_MILLIS), checkpoints, Long.MAX_VALUE);
        var instance = new Instance(code, executor, meter, Plan.MOST_PAGES);
        var host = new FuzzHost() {
            @Override
            void write(int address, byte octet) {
                instance.memory[address] = octet;
            }
        };
        var reason = "completed";
        try {
            instance.start(hosts(host));
            System.arraycopy(module.arguments(), 0, instance.stack, 0, module.arguments().length);
            instance.call(code.typeOf().length - 1);
        } catch (RuntimeException e) {
            var stop = Traps.of(e);
            if (stop == null) throw e;
            reason = String.valueOf(stop.reason());
        }
        var used = meter.used(instance.gas);
        return new EngineRun(
                ending(module, instance, reason, host),
                used,
                used - meter.extra(),
                instance.path,
                checkpoints.digests());
    }

    private static List<HostCall> hosts(FuzzHost host) {
        return List.of(
                arguments -> new long[] {host.inputSize()},
                a -> new long[] {host.inputRead((int) a[0], (int) a[1], (int) a[2])},
                a -> {
                    host.outputWrite((int) a[0], (int) a[1]);
                    return new long[0];
                });
    }

    private static Ending ending(RandomModule module, Instance instance, String reason, FuzzHost host) {
        var results = new ArrayList<Long>();
        if (reason.equals("completed"))
            for (var i = 0; i < module.main().results().size(); i++)
                results.add(Ending.bits(module.main().results().get(i), instance.stack[i]));
        var globals = new ArrayList<Long>();
        var place = 0;
        for (var type : module.globals()) {
            globals.add(Ending.bits(type, instance.globals[place++]));
            if (type == Type.V128) globals.add(instance.globals[place++]);
        }
        var tables = new ArrayList<List<Integer>>();
        for (var table = 0; table < instance.module().tables().size(); table++) {
            var elements = new ArrayList<Integer>();
            for (var i = 0; i < instance.tableOperations().size(table); i++)
                elements.add(instance.tableOperations().get(i, table));
            tables.add(elements);
        }
        return new Ending(reason, results, host.hash(), globals, tables, Ending.rows(instance.memory));
    }
}
