package org.ambientvcp.wasm.compiler;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.interpreter.Interpreter;
import org.ambientvcp.wasm.machine.Executor;
import org.ambientvcp.wasm.machine.Instance;

/// Executes a module as bytecode of the JVM, which HotSpot compiles further. What is never called is never compiled;
/// functions that a method of the JVM cannot hold are interpreted.
///
/// Functions are static methods of hidden classes ([UnitWriter]), grouped by their order in the module. Parameters,
/// locals and operands are the JVM's own; memory, gas and path are in its local variables ([Locals], [Metering]). Calls
/// within a class are direct, others are call sites that compile the callee's class when they are first reached
/// ([Callees], [Linker]).
///
/// Thread-safe; keeps nothing of a run. The classes go with this object.
public final class CompiledModule implements Executor {
    /// Flat code in one class, in ints, unless one function alone has more.
    private static final int UNIT_CODE = 1 << 13;

    private final Program program;
    private final int mostBytes;
    private final Executor interpreter;
    /// By own function.
    private final Unit[] units;
    /// By canonical type.
    private final Dispatcher[] dispatchers;

    public CompiledModule(ModuleCode module) {
        this(Program.of(module, true), UNIT_CODE, MethodLimit.BYTES);
    }

    /// @param unitCode ints of flat code in one class
    /// @param mostBytes of bytecode that a function may have to be compiled
    CompiledModule(Program program, int unitCode, int mostBytes) {
        this.program = program;
        this.mostBytes = mostBytes;
        this.interpreter = new Interpreter(program.module());
        this.units = units(unitCode);
        this.dispatchers = new Dispatcher[program.module().types().size()];
        for (var type = 0; type < dispatchers.length; type++) dispatchers[type] = new Dispatcher(this, type);
    }

    private Unit[] units(int unitCode) {
        var functions = program.module().functions();
        var byFunction = new Unit[functions.size()];
        var first = 0;
        while (first < byFunction.length) {
            var end = first + 1;
            var code = functions.get(first).code().length;
            while (end < byFunction.length && code + functions.get(end).code().length <= unitCode)
                code += functions.get(end++).code().length;
            var unit = new Unit(this, first, end);
            while (first < end) byFunction[first++] = unit;
        }
        return byFunction;
    }

    @Override
    public void call(Instance instance, int function, int base, int room) {
        var before = instance.free;
        instance.free = base;
        units[function].functions().call(instance, function, base, room);
        instance.free = before;
    }

    /// For functions that are not compiled.
    void interpret(Instance instance, int function, int base, int room) {
        interpreter.call(instance, function, base, room);
    }

    /// Calls a function of the module's index space.
    void callAny(Instance instance, int function, int base, int room) {
        var own = function - program.module().imports().size();
        if (own < 0) instance.callHost(function, base);
        else call(instance, own, base, room);
    }

    /// The classes that have been made so far.
    List<Unit> compiledUnits() {
        var compiled = new ArrayList<Unit>();
        for (var unit : units)
            if (unit.isCompiled() && (compiled.isEmpty() || compiled.getLast() != unit)) compiled.add(unit);
        return compiled;
    }

    Program program() {
        return program;
    }

    int mostBytes() {
        return mostBytes;
    }

    Unit unit(int function) {
        return units[function];
    }

    Dispatcher dispatcher(int type) {
        return dispatchers[type];
    }
}
