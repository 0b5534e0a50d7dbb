package org.ambientvcp.wasm.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;

/// Writes the binary format.
public final class Binary {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public Binary octets(int... octets) {
        for (var octet : octets) bytes.write(octet);
        return this;
    }

    public Binary bytes(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    public Binary unsigned(long number) {
        var left = number;
        for (; left >>> 7 != 0; left >>>= 7) bytes.write((int) (left & 0x7f) | 0x80);
        bytes.write((int) left);
        return this;
    }

    public Binary signed(long number) {
        var left = number;
        for (; left >> 6 != left >> 63; left >>= 7) bytes.write((int) (left & 0x7f) | 0x80);
        bytes.write((int) (left & 0x7f));
        return this;
    }

    /// Little-endian.
    public Binary fixed(long bits, int count) {
        for (var i = 0; i < count; i++) bytes.write((int) (bits >>> (8 * i)));
        return this;
    }

    public Binary name(String name) {
        return sized(name.getBytes(UTF_8));
    }

    Binary types(List<Type> types) {
        unsigned(types.size());
        for (var type : types) octets(type.code);
        return this;
    }

    /// Bytes with their number before them.
    public Binary sized(byte[] content) {
        return unsigned(content.length).bytes(content);
    }

    public Binary section(int id, Consumer<Binary> content) {
        var inner = new Binary();
        content.accept(inner);
        return octets(id).sized(inner.toArray());
    }

    public byte[] toArray() {
        return bytes.toByteArray();
    }
}
