package org.ambientvcp.wasm.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/// Reads a module's custom section `name` as far as it makes sense: what is wrong with it is no reason to refuse the
/// module.
final class FunctionNames {
    private static final int OF_FUNCTIONS = 1;
    private static final int LONGEST_BYTES = 256;

    private FunctionNames() {}

    /// @param section its content, any bytes
    /// @param functions how many there are, imports included
    /// @return names by the module's index space, cut to 256 bytes
    static Map<Integer, String> of(byte[] section, int functions) {
        var names = new HashMap<Integer, String>();
        try {
            var in = ByteBuffer.wrap(section);
            while (in.hasRemaining()) {
                var id = in.get();
                var content = take(in, number(in));
                if (id == OF_FUNCTIONS) read(content, functions, names);
            }
        } catch (BufferUnderflowException cut) {
            return names;
        }
        return names;
    }

    private static void read(ByteBuffer in, int functions, Map<Integer, String> names) {
        for (var left = number(in); left > 0; left--) {
            var function = number(in);
            var name = take(in, number(in));
            if (function < functions) names.putIfAbsent((int) function, text(name));
        }
    }

    private static String text(ByteBuffer name) {
        return UTF_8.decode(name.limit(Math.min(name.limit(), LONGEST_BYTES))).toString();
    }

    private static ByteBuffer take(ByteBuffer in, long count) {
        if (count > in.remaining()) throw new BufferUnderflowException();
        var taken = in.slice(in.position(), (int) count);
        in.position(in.position() + (int) count);
        return taken;
    }

    /// Unsigned LEB128 of 32 bits.
    private static long number(ByteBuffer in) {
        var number = 0L;
        for (var shift = 0; shift < 35; shift += 7) {
            var octet = in.get();
            number |= (octet & 0x7fL) << shift;
            if (octet >= 0) return number;
        }
        throw new BufferUnderflowException();
    }
}
