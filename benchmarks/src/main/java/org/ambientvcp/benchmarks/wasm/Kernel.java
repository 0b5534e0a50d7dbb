package org.ambientvcp.benchmarks.wasm;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The programs that are measured. Each is one C file that gives the same checksum natively and as WASM.
@SuppressWarnings("ImmutableEnumChecker") // a record of two ints is immutable
enum Kernel {
    IMATMUL(Kind.VECTOR, new Work(2, 0xa788dc24), new Work(1, 0x46e46e12)),
    FGEMM(Kind.VECTOR, new Work(8, 0xfa1ea278), new Work(1, 0xaad3d44f)),
    MLP(Kind.VECTOR, new Work(200, 0x5299c75b), new Work(2, 0x5999b6a0)),
    CONV(Kind.VECTOR, new Work(4, 0xfe100c00), new Work(1, 0x8f840300)),
    QMLP(Kind.VECTOR, new Work(200, 0xb0924eec), new Work(2, 0xfa870961)),
    SHA256(Kind.SCALAR, new Work(8, 0x6b17675f), new Work(1, 0xb4ab309a)),
    SORT(Kind.SCALAR, new Work(1, 0x2a0d8df2), new Work(1, 0x2a0d8df2)),
    NBODY(Kind.SCALAR, new Work(200_000, 0x91e24852), new Work(100, 0x0f1882de)),
    FANNKUCH(Kind.SCALAR, new Work(9, 0x0083ab26), new Work(6, 0x0000bf72)),
    SIEVE(Kind.SCALAR, new Work(2, 0x0004840b), new Work(1, 0x0004840b)),
    CHASE(Kind.SCALAR, new Work(1_000_000, 0x4d77e5e0), new Work(1_000, 0xdc46962c)),
    SGD(Kind.SCALAR, new Work(200, 0x13db4572), new Work(1, 0x6c883c7e)),
    FIB(Kind.SCALAR, new Work(32, 0x00213d05), new Work(15, 0x00000262)),
    VM(Kind.SCALAR, new Work(2_000_000, 0xff914a8d), new Work(1_000, 0xdb56c249)),
    MIX(Kind.MIX, new Work(200, 0x19d5bcb9), new Work(2, 0x0011ed3f)),
    GEMM(Kind.TENSOR, new Work(16, 0xd54529a3), new Work(1, 0xaad3d44f));

    /// What decides how fast a kernel can be.
    enum Kind {
        /// Compilers to native code use vectors, WASM without SIMD cannot say them.
        VECTOR,
        SCALAR,
        /// Something of everything.
        MIX,
        /// What host functions are there for; not one of the set.
        TENSOR
    }

    /// An amount, what it means differs by kernel, and the checksum it has to give.
    record Work(int amount, int checksum) {
        /// @throws IllegalStateException if an engine computed something else
        void check(int actual, String where) {
            if (actual != checksum)
                throw new IllegalStateException("%s gives checksum %08x for %d and should give %08x"
                        .formatted(where, actual, amount, checksum));
        }
    }

    private final Kind kind;
    private final Work timed;
    private final Work small;

    Kernel(Kind kind, Work timed, Work small) {
        this.kind = kind;
        this.timed = timed;
        this.small = small;
    }

    /// @param title as files are named
    static Kernel of(String title) {
        return valueOf(title.toUpperCase(Locale.ROOT));
    }

    Kind kind() {
        return kind;
    }

    /// Some ten milliseconds natively.
    Work timed() {
        return timed;
    }

    /// As little as makes sense: for tests.
    Work small() {
        return small;
    }

    /// As files are named.
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The kernels that engines are compared on.
    static List<Kernel> set() {
        return Arrays.stream(values())
                .filter(kernel -> kernel.kind != Kind.TENSOR)
                .toList();
    }
}
