package org.ambientvcp.wasm;

/// Whether the lengths that a section declares are within it. The parser makes room for a name, a segment or a list of
/// references before it reads them, so that a few bytes could ask for gigabytes.
final class LengthScan {
    /// Of data segments: each becomes objects.
    static final int DATA_SEGMENTS = 100_000;
    /// Of constant expressions in the data section: parsed instructions are objects.
    static final int OFFSET_BYTES = 1 << 20;

    private static final int EXPRESSIONS = 4;
    private static final int EXPLICIT = 2;
    private static final int NOT_ACTIVE = 1;

    private final Cursor in;
    private final CodeScan code;
    private final int end;

    /// @param in at the section's first byte
    /// @param end behind its last one, within the module
    LengthScan(Cursor in, CodeScan code, int end) {
        this.in = in;
        this.code = code;
        this.end = end;
    }

    void imports() throws Refusal {
        for (var left = in.number(); left > 0; left--) {
            bytes("a name");
            bytes("a name");
            switch (in.next()) {
                case 0 -> in.skipNumber();
                case 1 -> {
                    type();
                    limits();
                }
                case 2 -> limits();
                case 3 -> {
                    type();
                    in.next();
                }
                case 4 -> {
                    in.next();
                    in.skipNumber();
                }
                default -> throw new Refusal("malformed: an import of unknown kind");
            }
        }
    }

    void exports() throws Refusal {
        for (var left = in.number(); left > 0; left--) {
            bytes("a name");
            in.next();
            in.skipNumber();
        }
    }

    void elements() throws Refusal {
        for (var left = in.number(); left > 0; left--) {
            var flags = in.number();
            if (flags > (EXPRESSIONS | EXPLICIT | NOT_ACTIVE))
                throw new Refusal("malformed: an element segment of unknown kind");
            var isActive = (flags & NOT_ACTIVE) == 0;
            if (isActive && (flags & EXPLICIT) != 0) in.skipNumber();
            if (isActive) expression();
            if ((flags & (EXPLICIT | NOT_ACTIVE)) != 0) type();
            for (var count = within("a list of references"); count > 0; count--) {
                if ((flags & EXPRESSIONS) != 0) expression();
                else in.skipNumber();
            }
        }
    }

    void data() throws Refusal {
        var segments = in.number();
        if (segments > DATA_SEGMENTS) throw new Refusal("more than " + DATA_SEGMENTS + " data segments");
        var offsetBytes = 0L;
        for (var left = segments; left > 0; left--) {
            var flags = in.number();
            if (flags > EXPLICIT) throw new Refusal("malformed: a data segment of unknown kind");
            if (flags == EXPLICIT) in.skipNumber();
            if (flags != NOT_ACTIVE) offsetBytes += expression();
            if (offsetBytes > OFFSET_BYTES)
                throw new Refusal("more than " + OFFSET_BYTES + " bytes in offsets of data segments");
            bytes("a data segment");
        }
    }

    void custom() throws Refusal {
        bytes("a name");
    }

    /// A type of values or of elements.
    private void type() throws Refusal {
        var type = in.next();
        if (type == 0x63 || type == 0x64) in.skipNumber();
    }

    private void limits() throws Refusal {
        var flags = in.next();
        in.skipNumber();
        if ((flags & 1) != 0) in.skipNumber();
    }

    /// @return its length in bytes
    private int expression() throws Refusal {
        var begin = in.position;
        in.position = code.expression(begin, end);
        return in.position - begin;
    }

    private void bytes(String what) throws Refusal {
        var length = (int) within(what);
        in.position += length;
    }

    private long within(String what) throws Refusal {
        var length = in.number();
        if (length > end - in.position) throw new Refusal("malformed: " + what + " is longer than its section");
        return length;
    }
}
