package org.ambientvcp.wasm;

import java.io.ByteArrayOutputStream;

/// Writes modules in the binary format, among them ones that no assembler would.
final class ModuleWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ModuleWriter() {
        raw(0, 'a', 's', 'm', 1, 0, 0, 0);
    }

    ModuleWriter raw(int... octets) {
        for (var octet : octets) bytes.write(octet);
        return this;
    }

    /// A section of the given octets.
    ModuleWriter section(int id, int... octets) {
        return section(id, octets(octets));
    }

    ModuleWriter section(int id, byte[] content) {
        bytes.write(id);
        bytes.writeBytes(number(content.length));
        bytes.writeBytes(content);
        return this;
    }

    /// One function `f` without parameters or results, with this body behind its local declarations.
    static byte[] function(byte[] body) {
        var code = concat(octets(0), body, octets(0x0b));
        return new ModuleWriter()
                .section(1, 1, 0x60, 0, 0)
                .section(3, 1, 0)
                .section(7, 1, 1, 'f', 0, 0)
                .section(10, concat(octets(1), number(code.length), code))
                .toBytes();
    }

    static byte[] function(int... body) {
        return function(octets(body));
    }

    static byte[] repeat(int octet, int count) {
        var bytes = new byte[count];
        java.util.Arrays.fill(bytes, (byte) octet);
        return bytes;
    }

    static byte[] octets(int... octets) {
        var bytes = new byte[octets.length];
        for (var i = 0; i < octets.length; i++) bytes[i] = (byte) octets[i];
        return bytes;
    }

    /// Unsigned LEB128.
    static byte[] number(long number) {
        var bytes = new ByteArrayOutputStream();
        for (; number > 0x7f; number >>>= 7) bytes.write((int) (number & 0x7f) | 0x80);
        bytes.write((int) number);
        return bytes.toByteArray();
    }

    static byte[] concat(byte[]... parts) {
        var bytes = new ByteArrayOutputStream();
        for (var part : parts) bytes.writeBytes(part);
        return bytes.toByteArray();
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
