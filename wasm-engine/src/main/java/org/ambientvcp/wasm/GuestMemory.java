package org.ambientvcp.wasm;

import run.endive.runtime.Memory;

/// The program's memory as host functions see it: every access is checked before it is made and charged by its length.
/// Addresses and lengths are unsigned.
final class GuestMemory {
    private final Resources resources;
    private final Meter meter;

    GuestMemory(Resources resources, Meter meter) {
        this.resources = resources;
        this.meter = meter;
    }

    boolean holds(int address, long length) {
        var memory = resources.memory();
        return memory != null && Integer.toUnsignedLong(address) + length <= (long) memory.pages() * Memory.PAGE_SIZE;
    }

    void requireHolds(int address, long length) {
        if (!holds(address, length)) throw Stop.because(Outcome.TRAPPED, Traps.MEMORY);
    }

    /// Charges for bytes that a host function is about to move.
    void charge(long bytes) {
        meter.charge(Gas.bytes(bytes));
    }

    byte[] read(int address, int length) {
        return memory().readBytes(address, length);
    }

    int readI32(int address) {
        return memory().readInt(address);
    }

    void write(int address, byte[] bytes) {
        if (bytes.length > 0) memory().write(address, bytes);
    }

    void writeI32(int address, int value) {
        memory().writeI32(address, value);
    }

    void writeI64(int address, long value) {
        memory().writeLong(address, value);
    }

    private Memory memory() {
        var memory = resources.memory();
        if (memory == null) throw Stop.because(Outcome.TRAPPED, Traps.MEMORY);
        return memory;
    }
}
