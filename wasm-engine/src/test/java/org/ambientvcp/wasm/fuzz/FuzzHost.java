package org.ambientvcp.wasm.fuzz;

/// The host functions of a random module, the same for every engine: one of them writes to the memory, and all that
/// they are given goes into a hash.
abstract class FuzzHost {
    private static final long FACTOR = 0x9e3779b97f4a7c15L;
    private static final int SIZE = 17;

    private long hash;

    long hash() {
        return hash;
    }

    abstract void write(int address, byte octet);

    int inputSize() {
        hash = hash * FACTOR + 1;
        return SIZE;
    }

    int inputRead(int address, int offset, int length) {
        hash = ((hash * FACTOR + address) * FACTOR + offset) * FACTOR + length;
        write(address & 0x7fff, (byte) (offset + length));
        return address * 31 ^ offset - length;
    }

    void outputWrite(int address, int length) {
        hash = (hash * FACTOR + address) * FACTOR + length;
    }
}
