package org.ambientvcp.wasm.host;

import java.util.HashMap;
import java.util.Map;
import org.ambientvcp.wasm.crypto.CryptoFunctions;
import org.ambientvcp.wasm.machine.HostCall;
import org.ambientvcp.wasm.tensor.TensorFunctions;

/// The functions of module `vcp`: input and output for programs without WASI, and what computes faster than WASM can.
/// Memory out of bounds is a trap.
final class VcpHost {
    static final String MODULE = "vcp";

    static final Map<String, String> TYPES = types();

    private static Map<String, String> types() {
        var types = new HashMap<>(Map.of(
                "input_size", "() -> i32",
                "input_read", "(i32, i32, i32) -> i32",
                "output_write", "(i32, i32) -> ()"));
        types.putAll(CryptoFunctions.TYPES);
        types.putAll(TensorFunctions.TYPES);
        return Map.copyOf(types);
    }

    private static final long[] NOTHING = {};

    private final GuestMemory memory;
    private final InputReader input;
    private final OutputBuffer output;

    VcpHost(GuestMemory memory, InputReader input, OutputBuffer output) {
        this.memory = memory;
        this.input = input;
        this.output = output;
    }

    HostCall bind(String name) {
        return switch (name) {
            case "input_size" -> arguments -> new long[] {input.size()};
            case "input_read" -> arguments -> read((int) arguments[0], (int) arguments[1], (int) arguments[2]);
            case "output_write" -> arguments -> write((int) arguments[0], (int) arguments[1]);
            default -> computing(name);
        };
    }

    private HostCall computing(String name) {
        if (CryptoFunctions.TYPES.containsKey(name))
            return arguments -> CryptoFunctions.call(name, memory.bytes(), arguments, memory::chargeGas);
        if (TensorFunctions.TYPES.containsKey(name))
            return arguments -> TensorFunctions.call(name, memory.bytes(), arguments, memory::chargeGas);
        throw new IllegalStateException("the module was checked, and vcp has no " + name);
    }

    /// Copies input from `offset` to `address`, at most `length` bytes, and gives how many.
    private long[] read(int address, int offset, int length) {
        var available = input.availableAt(offset, length);
        memory.requireHolds(address, available);
        memory.charge(available);
        memory.write(address, input.at(offset, available));
        return new long[] {available};
    }

    private long[] write(int address, int length) {
        var count = Integer.toUnsignedLong(length);
        memory.requireHolds(address, count);
        memory.charge(count);
        output.ensureRoom(count);
        output.write(memory.read(address, length));
        return NOTHING;
    }
}
