package org.ambientvcp.wasm.crypto;

import java.util.Map;
import java.util.function.LongConsumer;
import org.ambientvcp.wasm.machine.Stop;
import org.ambientvcp.wasm.machine.Traps;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// The host functions of cryptography; docs/wasm-host-functions.md says what each of them does. Thread-safe.
public final class CryptoFunctions {
    private static final String HASH = "(i32, i32, i32) -> ()";

    /// Type of each function by its name.
    public static final Map<String, String> TYPES =
            Map.of("sha256", HASH, "sha512", HASH, "ed25519_verify", "(i32, i32, i32, i32) -> i32");

    private static final long[] NOTHING = {};

    private CryptoFunctions() {}

    /// Calls a function: checks the arguments, charges, works.
    ///
    /// @param name one of [#TYPES]
    /// @param memory the linear memory
    /// @param arguments as many as the type says, in the low 32 bits
    /// @param charge takes gas: what the call costs before its work begins, and 0 about once a millisecond of
    ///     hashing, for a look at the clock. What it throws ends the call; nothing has been written then.
    /// @return the results
    /// @throws Stop the trap; nothing has been charged or written
    public static long[] call(String name, byte[] memory, long[] arguments, LongConsumer charge) {
        switch (name) {
            case "sha256" -> hash(Hash.SHA_256, memory, arguments, charge);
            case "sha512" -> hash(Hash.SHA_512, memory, arguments, charge);
            case "ed25519_verify" -> {
                return new long[] {verify(memory, arguments, charge) ? 1 : 0};
            }
            default -> throw new IllegalArgumentException("there is no function " + name);
        }
        return NOTHING;
    }

    private static void hash(Hash hash, byte[] memory, long[] arguments, LongConsumer charge) {
        var length = unsigned(arguments[1]);
        var message = range(memory, arguments[0], length);
        var digest = range(memory, arguments[2], hash.bytes());
        charge.accept(hash.gas(length));
        hash.run(memory, message, (int) length, digest, charge);
    }

    private static boolean verify(byte[] memory, long[] arguments, LongConsumer charge) {
        var length = unsigned(arguments[1]);
        var message = range(memory, arguments[0], length);
        var signature = range(memory, arguments[2], Ed25519.SIGNATURE_SIZE);
        var publicKey = range(memory, arguments[3], Ed25519.PUBLIC_KEY_SIZE);
        charge.accept(Signatures.gas(length));
        return Signatures.verify(memory, message, (int) length, signature, publicKey);
    }

    /// The first address of a range.
    ///
    /// @throws Stop the trap, if it is not all in memory
    private static int range(byte[] memory, long address, long length) {
        var start = unsigned(address);
        if (start + length > memory.length) throw Traps.memory();
        return (int) start;
    }

    private static long unsigned(long bits) {
        return bits & 0xffff_ffffL;
    }
}
