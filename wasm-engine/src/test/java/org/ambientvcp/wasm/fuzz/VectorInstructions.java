package org.ambientvcp.wasm.fuzz;

import java.util.List;
import java.util.stream.IntStream;

/// The SIMD instructions of WASM 2.0 by what they take and give: opcodes behind the prefix 0xfd.
final class VectorInstructions {
    /// A vector from a vector.
    static final List<Integer> UNARY = ranges(
            0x4d, 0x4d, 0x5e, 0x62, 0x67, 0x6a, 0x74, 0x75, 0x7a, 0x7a, 0x7c, 0x81, 0x87, 0x8a, 0x94, 0x94, 0xa0, 0xa1,
            0xa7, 0xaa, 0xc0, 0xc1, 0xc7, 0xca, 0xe0, 0xe1, 0xe3, 0xe3, 0xec, 0xed, 0xef, 0xef, 0xf8, 0xff);

    /// A vector from two.
    static final List<Integer> BINARY = ranges(
            0x0e, 0x0e, 0x23, 0x4c, 0x4e, 0x51, 0x65, 0x66, 0x6e, 0x73, 0x76, 0x79, 0x7b, 0x7b, 0x82, 0x82, 0x85, 0x86,
            0x8e, 0x93, 0x95, 0x99, 0x9b, 0x9f, 0xae, 0xae, 0xb1, 0xb1, 0xb5, 0xba, 0xbc, 0xbf, 0xce, 0xce, 0xd1, 0xd1,
            0xd5, 0xdf, 0xe4, 0xeb, 0xf0, 0xf7);

    /// A vector from a vector and an i32.
    static final List<Integer> SHIFTS = ranges(0x6b, 0x6d, 0x8b, 0x8d, 0xab, 0xad, 0xcb, 0xcd);

    /// An i32 from a vector.
    static final List<Integer> TESTS = ranges(0x53, 0x53, 0x63, 0x64, 0x83, 0x84, 0xa3, 0xa4, 0xc3, 0xc4);

    static final int SHUFFLE = 0x0d;
    static final int BITSELECT = 0x52;
    static final int STORE = 0x0b;

    /// A vector from a number in every lane, in some way that needs no vector.
    record Splat(int opcode, Type from) {}

    static final List<Splat> SPLATS = List.of(
            new Splat(0x0f, Type.I32),
            new Splat(0x10, Type.I32),
            new Splat(0x11, Type.I32),
            new Splat(0x12, Type.I64),
            new Splat(0x13, Type.F32),
            new Splat(0x14, Type.F64));

    /// Takes a lane out of a vector.
    record Lane(int opcode, Type type, int lanes) {}

    static final List<Lane> EXTRACTS = List.of(
            new Lane(0x15, Type.I32, 16),
            new Lane(0x16, Type.I32, 16),
            new Lane(0x18, Type.I32, 8),
            new Lane(0x19, Type.I32, 8),
            new Lane(0x1b, Type.I32, 4),
            new Lane(0x1d, Type.I64, 2),
            new Lane(0x1f, Type.F32, 4),
            new Lane(0x21, Type.F64, 2));

    static final List<Lane> REPLACES = List.of(
            new Lane(0x17, Type.I32, 16),
            new Lane(0x1a, Type.I32, 8),
            new Lane(0x1c, Type.I32, 4),
            new Lane(0x1e, Type.I64, 2),
            new Lane(0x20, Type.F32, 4),
            new Lane(0x22, Type.F64, 2));

    /// A vector from memory.
    static final List<Integer> LOADS = ranges(0x00, 0x0a, 0x5c, 0x5d);

    /// One lane from memory to a vector, by the logarithm of its bytes; the store is 4 further.
    static final int FIRST_LOAD_LANE = 0x54;

    static final int FIRST_STORE_LANE = 0x58;

    private VectorInstructions() {}

    /// The largest alignment that a load or store may state, as an exponent.
    static int alignment(int opcode) {
        return switch (opcode) {
            case 0x00, STORE -> 4;
            case 0x07, 0x54, 0x58 -> 0;
            case 0x08, 0x55, 0x59 -> 1;
            case 0x09, 0x56, 0x5a, 0x5c -> 2;
            default -> 3;
        };
    }

    private static List<Integer> ranges(int... bounds) {
        return IntStream.range(0, bounds.length / 2)
                .flatMap(i -> IntStream.rangeClosed(bounds[2 * i], bounds[2 * i + 1]))
                .boxed()
                .toList();
    }
}
