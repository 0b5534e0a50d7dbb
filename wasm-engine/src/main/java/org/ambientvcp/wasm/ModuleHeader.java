package org.ambientvcp.wasm;

import java.util.Arrays;
import java.util.HexFormat;

/// The first bytes of a module: what is no module at all is refused by saying so.
final class ModuleHeader {
    static final int BYTES = 8;

    private static final byte[] MAGIC = {0, 'a', 's', 'm'};
    private static final byte[] VERSION = {1, 0, 0, 0};
    /// Of a component, which holds modules.
    private static final byte[] COMPONENT = {0x0d, 0, 1, 0};

    private static final byte[] TEXT = {'(', 'm', 'o', 'd', 'u', 'l', 'e'};
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private ModuleHeader() {}

    static void check(byte[] module) throws Refusal {
        if (!hasAt(0, MAGIC, module)) throw new Refusal("not a WASM module: " + whatElse(module));
        if (module.length < BYTES) throw new Refusal("malformed: shorter than the header of a module");
        if (hasAt(MAGIC.length, COMPONENT, module)) throw new Refusal("WASM components are not supported");
        if (!hasAt(MAGIC.length, VERSION, module))
            throw new Refusal("malformed: the version is " + HEX.formatHex(module, MAGIC.length, BYTES) + ", not "
                    + HEX.formatHex(VERSION));
    }

    private static String whatElse(byte[] bytes) {
        if (bytes.length == 0) return "there are no bytes";
        if (hasAt(0, TEXT, bytes)) return "it is the text format, which has to be assembled first";
        return "it begins with " + HEX.formatHex(bytes, 0, Math.min(bytes.length, MAGIC.length)) + ", not with "
                + HEX.formatHex(MAGIC);
    }

    private static boolean hasAt(int offset, byte[] wanted, byte[] bytes) {
        var end = offset + wanted.length;
        return bytes.length >= end && Arrays.equals(bytes, offset, end, wanted, 0, wanted.length);
    }
}
