package org.ambientvcp.wasm.code;

/// A place in the flat code that may be jumped to before it is known.
final class Label {
    private final IntList uses = new IntList();
    private int place = -1;

    /// Whether anything before the place jumps to it.
    boolean isUsed() {
        return uses.size() > 0;
    }

    /// Writes the place as the next int of the code, now or when it is known.
    void writeTo(IntList code) {
        uses.add(code.size());
        code.add(place);
    }

    /// The place is the code's end.
    void bind(IntList code) {
        place = code.size();
        for (var i = 0; i < uses.size(); i++) code.set(uses.get(i), place);
    }
}
