package org.ambientvcp.wasm;

/// Reads a module's bytes one after the other.
final class Cursor {
    private static final int CONTINUES = 0x80;

    final byte[] module;
    int position;

    Cursor(byte[] module) {
        this.module = module;
    }

    int next() throws Refusal {
        if (position >= module.length) throw new Refusal("malformed: the module ends too early");
        return module[position++] & 0xff;
    }

    /// Unsigned LEB128 of 32 bits.
    long number() throws Refusal {
        var number = 0L;
        for (var shift = 0; shift < 35; shift += 7) {
            var octet = next();
            number |= (octet & 0x7fL) << shift;
            if ((octet & CONTINUES) == 0) return number & 0xffff_ffffL;
        }
        throw new Refusal("malformed: a number is too long");
    }

    /// A number of any length.
    void skipNumber() throws Refusal {
        while ((next() & CONTINUES) != 0) {}
    }
}
