package org.ambientvcp.wasm.host;

import org.ambientvcp.wasm.machine.Gas;
import org.ambientvcp.wasm.machine.Instance;
import org.ambientvcp.wasm.machine.MemoryAccess;
import org.ambientvcp.wasm.machine.Traps;

/// The program's memory as host functions see it: every access is checked before it is made and charged by its length.
/// Addresses and lengths are unsigned.
final class GuestMemory {
    private final Instance instance;

    GuestMemory(Instance instance) {
        this.instance = instance;
    }

    boolean holds(int address, long length) {
        return Integer.toUnsignedLong(address) + length <= instance.memory.length;
    }

    void requireHolds(int address, long length) {
        if (!holds(address, length)) throw Traps.memory();
    }

    /// Charges for bytes that a host function is about to move.
    void charge(long bytes) {
        instance.charge(Gas.bytes(bytes));
    }

    void chargeGas(long gas) {
        instance.charge(gas);
    }

    /// All of it, as it is now.
    byte[] bytes() {
        return instance.memory;
    }

    byte[] read(int address, int length) {
        var bytes = new byte[length];
        if (length > 0) System.arraycopy(instance.memory, address, bytes, 0, length);
        return bytes;
    }

    int readI32(int address) {
        return (int) MemoryAccess.INT.get(instance.memory, address);
    }

    void write(int address, byte[] bytes) {
        if (bytes.length > 0) System.arraycopy(bytes, 0, instance.memory, address, bytes.length);
    }

    void writeI32(int address, int value) {
        MemoryAccess.INT.set(instance.memory, address, value);
    }

    void writeI64(int address, long value) {
        MemoryAccess.LONG.set(instance.memory, address, value);
    }
}
