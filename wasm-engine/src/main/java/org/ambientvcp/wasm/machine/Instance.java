package org.ambientvcp.wasm.machine;

import java.util.Arrays;
import java.util.List;
import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.code.Limits;
import org.ambientvcp.wasm.code.ModuleCode;

/// The state of one run: memory, globals, tables, gas, path. Used by one thread, once.
///
/// Fields are public for compiled code, which keeps [#memory], [#gas] and [#path] in locals and writes them back
/// before it calls anything.
public final class Instance {
    public static final int PAGE_BYTES = 65_536;
    /// The path hash before the first block. The path of a run is, from block to block, `path * PATH_FACTOR + id`,
    /// modulo 2^64.
    public static final long PATH_START = 0x6a09e667f3bcc908L;

    public static final long PATH_FACTOR = 5;

    private static final int FIRST_STACK = 1_024;

    /// The linear memory; its length is exactly its size, so that the JVM's bounds are the memory's.
    public byte[] memory;
    /// Bits of all globals.
    public final long[] globals;
    /// Gas left of the slice; below zero between a block and the next check.
    public long gas;
    /// Hash of the blocks that were run.
    public long path = PATH_START;
    /// Arguments, results, and the interpreter's locals and operands. Grows with the calls.
    public long[] stack = new long[FIRST_STACK];
    /// Results of a function behind the first one, for compiled code.
    public final long[] results = new long[16];
    /// Where in [#stack] compiled code may put arguments for what is not compiled; below are the values of
    /// interpreted functions that wait for it.
    public int free;

    final ModuleCode module;
    final Executor executor;
    final GasMeter meter;
    final Table[] tables;
    private final MemoryOperations memoryOperations;
    private final TableOperations tableOperations;
    private HostCall[] imports = {};

    /// @param pages most pages of memory
    /// @throws Stop if memory or tables are larger at the start than they may be
    public Instance(ModuleCode module, Executor executor, GasMeter meter, int pages) {
        this.module = module;
        this.executor = executor;
        this.meter = meter;
        var wanted = module.memory();
        var atStart = wanted == null ? 0 : wanted.least();
        if (atStart > pages)
            throw Stop.because(
                    Outcome.LIMIT_EXCEEDED,
                    "the module starts with " + atStart + " pages of memory, the limit is " + pages);
        this.memory = new byte[atStart * PAGE_BYTES];
        this.globals = new long[module.globals().size()];
        for (var i = 0; i < globals.length; i++)
            globals[i] = Segments.value(module.globals().get(i).initial(), globals);
        this.tables = module.tables().stream().map(this::createTable).toArray(Table[]::new);
        this.memoryOperations = new MemoryOperations(this, wanted == null ? 0 : Math.min(wanted.most(), pages));
        this.tableOperations = new TableOperations(this);
        this.gas = meter.start();
    }

    private Table createTable(ModuleCode.Table wanted) {
        if (wanted.least() > Limits.TABLE_ELEMENTS)
            throw Stop.because(
                    Outcome.LIMIT_EXCEEDED,
                    "the module starts with a table of " + wanted.least() + " elements, the limit is "
                            + Limits.TABLE_ELEMENTS);
        var most = Math.min(wanted.most(), Limits.TABLE_ELEMENTS);
        return new Table((int) wanted.least(), most, (int) Segments.value(wanted.initial(), globals));
    }

    /// Connects the imports, writes the active segments and runs the start function.
    ///
    /// @param hosts in the order of the module's imports
    /// @throws Stop if a segment does not fit or the start function ends the run
    public void start(List<HostCall> hosts) {
        imports = hosts.toArray(HostCall[]::new);
        Segments.writeActive(this);
        if (module.start() >= 0) call(module.start());
    }

    /// Calls a function of the module's index space; arguments and results are in [#stack] from 0 on.
    public void call(int function) {
        var own = function - module.imports().size();
        if (own < 0) callHost(function, 0);
        else executor.call(this, own, 0, Limits.STACK_SLOTS);
    }

    /// A block's check found the slice used up; the path has been written back.
    ///
    /// @param left below zero
    /// @return what is left of the next slice
    public long check(long left) {
        gas = left;
        gas = meter.next(left, this);
        return gas;
    }

    /// Takes gas for what is about to be done; the run ends before it, if there is not enough. 0 is a look at the
    /// clock,
    /// for work that takes long.
    public void charge(long amount) {
        if (amount == 0) meter.look();
        if (meter.isOverdrawn(gas - amount)) throw meter.outOfGas();
        meter.addExtra(amount);
        gas -= amount;
        if (gas < 0) gas = meter.next(gas, this);
    }

    /// Takes the slots of one active call.
    ///
    /// @param room slots left, before
    /// @return slots left for what the function calls
    /// @throws Stop if there are not enough
    public static int enter(int room, int slots) {
        if (room < slots) throw stackExhausted();
        return room - slots;
    }

    /// For compiled code.
    public static Stop stackExhausted() {
        return Stop.because(Outcome.LIMIT_EXCEEDED, "call stack exhausted");
    }

    /// Makes [#stack] long enough for a call of `function` with its arguments at `base`.
    public long[] reserve(FunctionCode function, int base) {
        var needed = base + function.slots();
        if (needed > stack.length) stack = Arrays.copyOf(stack, Math.max(needed, stack.length * 2));
        return stack;
    }

    /// The function that a table has at an index.
    ///
    /// @param type canonical type it has to have
    /// @return its index in the module's index space
    public int indirect(int table, int index, int type) {
        var elements = tables[table].elements;
        if (Integer.toUnsignedLong(index) >= elements.length) throw Traps.trap(Traps.UNDEFINED_ELEMENT);
        var function = elements[index];
        if (function < 0) throw Traps.trap(Traps.UNINITIALIZED_ELEMENT);
        if (module.typeOf()[function] != type) throw Traps.trap(Traps.SIGNATURE);
        return function;
    }

    /// Calls an import; arguments and results are in [#stack] from `base` on.
    public void callHost(int imported, int base) {
        charge(Gas.HOST_CALL);
        var signature = module.signature(imported);
        var results = imports[imported].call(
                Arrays.copyOfRange(stack, base, base + signature.parameters().size()));
        System.arraycopy(results, 0, stack, base, results.length);
    }

    public ModuleCode module() {
        return module;
    }

    public GasMeter meter() {
        return meter;
    }

    public Executor executor() {
        return executor;
    }

    public int pages() {
        return memory.length / PAGE_BYTES;
    }

    public MemoryOperations memoryOperations() {
        return memoryOperations;
    }

    public TableOperations tableOperations() {
        return tableOperations;
    }
}
