package org.ambientvcp.wasm.fuzz;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ExecutionListener;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.MStack;
import run.endive.runtime.TableInstance;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.ValType;

/// A run of a random module by Endive's interpreter, with computed NaNs made canonical.
///
/// @param instructions gas of the executed instructions by this engine's rules, without what some cost beside
record OracleRun(Ending ending, long instructions) {
    private static final int LOCALS_PER_GAS = 32;
    private static final List<String> TRAPS = List.of(
            "out of bounds memory access",
            "out of bounds table access",
            "integer divide by zero",
            "integer overflow",
            "invalid conversion to integer",
            "indirect call type mismatch",
            "uninitialized element",
            "undefined element");

    /// @param parsed for this run alone, because Endive's tables count in it
    static OracleRun of(RandomModule module, WasmModule parsed) {
        var listener = new Listener(parsed);
        var memory = new Instance[1];
        var host = new FuzzHost() {
            @Override
            void write(int address, byte octet) {
                memory[0].memory().writeByte(address, octet);
            }
        };
        var instance = Instance.builder(parsed)
                .withStart(false)
                .withTableFactory(OracleTable::new)
                .withImportValues(hosts(parsed, host))
                .withUnsafeExecutionListener(listener)
                .build();
        memory[0] = instance;
        // Endive forgets that an active segment is dropped when it has been written.
        instance.memory().drop(0);
        var reason = "completed";
        var results = new ArrayList<Long>();
        try {
            var returned = instance.export("main").apply(module.arguments());
            for (var i = 0; i < module.main().results().size(); i++)
                results.add(Ending.bits(module.main().results().get(i), returned[i]));
        } catch (WasmEngineException e) {
            reason = trap(e);
        } catch (ArrayIndexOutOfBoundsException e) {
            // Endive's check overflows.
            reason = "out of bounds table access";
        }
        return new OracleRun(ending(module, instance, reason, results, host), listener.instructions);
    }

    private static ImportValues hosts(WasmModule parsed, FuzzHost host) {
        var handles = List.<WasmFunctionHandle>of(
                (instance, a) -> new long[] {host.inputSize()},
                (instance, a) -> new long[] {host.inputRead((int) a[0], (int) a[1], (int) a[2])},
                (instance, a) -> {
                    host.outputWrite((int) a[0], (int) a[1]);
                    return new long[0];
                });
        var values = ImportValues.builder();
        for (var i = 0; i < handles.size(); i++) {
            var imported = (FunctionImport) parsed.importSection().getImport(i);
            values.addFunction(new HostFunction(
                    imported.module(),
                    imported.name(),
                    parsed.typeSection().getType(imported.typeIndex()),
                    handles.get(i)));
        }
        return values.build();
    }

    private static String trap(WasmEngineException exception) {
        var message = String.valueOf(exception.getMessage());
        if (message.startsWith("Trapped on unreachable")) return "unreachable";
        return TRAPS.stream().filter(message::startsWith).findFirst().orElseThrow(() -> exception);
    }

    private static Ending ending(
            RandomModule module, Instance instance, String reason, List<Long> results, FuzzHost host) {
        var globals = new ArrayList<Long>();
        for (var i = 0; i < module.globals().size(); i++)
            globals.add(
                    module.globals().get(i) == Type.EXTERNREF
                            ? object(instance.global(i).getRefValue())
                            : Ending.bits(
                                    module.globals().get(i), instance.global(i).getValue()));
        var tables = new ArrayList<List<Integer>>();
        for (var table = 0; table < instance.tableCount(); table++) {
            var elements = new ArrayList<Integer>();
            for (var i = 0; i < instance.table(table).size(); i++)
                elements.add(
                        instance.table(table).elementType().equals(ValType.ExternRef)
                                ? (int) object(instance.table(table).objRef(i))
                                : instance.table(table).ref(i));
            tables.add(elements);
        }
        var bytes = instance.memory().pages() * 65_536;
        var memory = instance.memory().readBytes(0, bytes);
        return new Ending(reason, results, host.hash(), globals, tables, Ending.rows(memory));
    }

    /// No random module has any other reference than null to what is not its own.
    private static long object(@Nullable Object reference) {
        if (reference != null) throw new IllegalStateException("not null: " + reference);
        return -1;
    }

    /// Endive's table, which cannot be asked to grow by more than it could hold.
    private static final class OracleTable extends TableInstance {
        OracleTable(Table wanted, int initial) {
            super(wanted, initial);
        }

        @Override
        public int grow(int count, int value, Instance instance) {
            return canGrow(count) ? super.grow(count, value, instance) : -1;
        }

        @Override
        public int growWithRef(int count, Object value, Instance instance) {
            return canGrow(count) ? super.growWithRef(count, value, instance) : -1;
        }

        private boolean canGrow(int count) {
            return size() + Integer.toUnsignedLong(count) <= limits().max();
        }
    }

    /// Sees every instruction before it is executed: makes the NaN that the one before may have computed canonical,
    /// and counts.
    private static final class Listener implements ExecutionListener {
        /// Gas of entering a function by its first instruction.
        private final IdentityHashMap<Instruction, Integer> entries = new IdentityHashMap<>();

        private OpCode previous = OpCode.NOP;
        private long operand;
        private long instructions;

        Listener(WasmModule parsed) {
            for (var i = 0; i < parsed.codeSection().functionBodyCount(); i++) {
                var body = parsed.codeSection().getFunctionBody(i);
                var type = parsed.typeSection().getType(parsed.functionSection().getFunctionType(i));
                var locals = type.params().size() + body.localTypes().size();
                var references = (int)
                        body.localTypes().stream().filter(ValType::isReference).count();
                entries.put(body.instructions().getFirst(), locals / LOCALS_PER_GAS + references);
            }
        }

        @Override
        public void onExecution(Instruction instruction, MStack stack) {
            correct(stack);
            previous = instruction.opcode();
            if (previous == OpCode.F32_CONVERT_I64_U) operand = stack.array()[stack.size() - 1];
            switch (previous) {
                case NOP, BLOCK, ELSE, END -> {}
                default -> instructions++;
            }
            if (previous == OpCode.GLOBAL_GET) instructions += entries.getOrDefault(instruction, 0);
        }

        private void correct(MStack stack) {
            var top = stack.size() - 1;
            switch (previous) {
                case F32_ADD,
                        F32_SUB,
                        F32_MUL,
                        F32_DIV,
                        F32_SQRT,
                        F32_MIN,
                        F32_MAX,
                        F32_CEIL,
                        F32_FLOOR,
                        F32_TRUNC,
                        F32_NEAREST,
                        F32_DEMOTE_F64 -> {
                    if (Float.isNaN(Float.intBitsToFloat((int) stack.array()[top])))
                        stack.array()[top] = Float.floatToIntBits(Float.NaN);
                }
                case F64_ADD,
                        F64_SUB,
                        F64_MUL,
                        F64_DIV,
                        F64_SQRT,
                        F64_MIN,
                        F64_MAX,
                        F64_CEIL,
                        F64_FLOOR,
                        F64_TRUNC,
                        F64_NEAREST,
                        F64_PROMOTE_F32 -> {
                    if (Double.isNaN(Double.longBitsToDouble(stack.array()[top])))
                        stack.array()[top] = Double.doubleToLongBits(Double.NaN);
                }
                // Endive rounds 2^63 + 1 up.
                case F32_CONVERT_I64_U ->
                    stack.array()[top] =
                            Float.floatToIntBits(new BigInteger(Long.toUnsignedString(operand)).floatValue());
                default -> {}
            }
        }
    }
}
