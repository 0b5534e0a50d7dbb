package org.ambientvcp.wasm.machine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Access to a linear memory, a byte array of exactly its size: what is out of bounds of the array is out of bounds of
/// the memory, and the JVM's own check throws.
///
/// The address operand comes first and the array behind it, in the order in which code has them at hand.
public final class MemoryAccess {
    public static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    public static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    public static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    public static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    public static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private MemoryAccess() {}

    /// The effective address, negative when it is 2^31 or more: no memory is that large.
    ///
    /// @param address unsigned
    /// @param offset 0 to 2^31 - 1
    public static int at(int address, int offset) {
        return address < 0 ? address : address + offset;
    }

    public static int load8(int address, byte[] memory, int offset) {
        return memory[at(address, offset)];
    }

    public static int load16(int address, byte[] memory, int offset) {
        return (short) SHORT.get(memory, at(address, offset));
    }

    public static int loadI32(int address, byte[] memory, int offset) {
        return (int) INT.get(memory, at(address, offset));
    }

    public static long loadI64(int address, byte[] memory, int offset) {
        return (long) LONG.get(memory, at(address, offset));
    }

    public static float loadF32(int address, byte[] memory, int offset) {
        return (float) FLOAT.get(memory, at(address, offset));
    }

    public static double loadF64(int address, byte[] memory, int offset) {
        return (double) DOUBLE.get(memory, at(address, offset));
    }

    public static void store8(int address, int value, byte[] memory, int offset) {
        memory[at(address, offset)] = (byte) value;
    }

    public static void store16(int address, int value, byte[] memory, int offset) {
        SHORT.set(memory, at(address, offset), (short) value);
    }

    public static void storeI32(int address, int value, byte[] memory, int offset) {
        INT.set(memory, at(address, offset), value);
    }

    public static void storeI64(int address, long value, byte[] memory, int offset) {
        LONG.set(memory, at(address, offset), value);
    }

    public static void storeF32(int address, float value, byte[] memory, int offset) {
        FLOAT.set(memory, at(address, offset), value);
    }

    public static void storeF64(int address, double value, byte[] memory, int offset) {
        DOUBLE.set(memory, at(address, offset), value);
    }
}
