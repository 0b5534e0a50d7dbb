package org.ambientvcp.wasm.code;

/// Writes flat code that moves halves of vectors: a v128 is two i64, the lower half below the upper one. Scratch locals
/// have numbers from 0 on.
final class Halves {
    private static final int WRAP = 0xa7;

    private final Emitter out;
    private final Operands operands;
    private final FlatLocals locals;

    Halves(Emitter out, Operands operands, FlatLocals locals) {
        this.out = out;
        this.operands = operands;
        this.locals = locals;
    }

    /// Moves the top operands into the scratch locals from 0 on, the lowest of them first.
    void spill(int count) {
        for (var number = count - 1; number >= 0; number--) take(number);
    }

    /// Moves the top operand into a scratch local.
    void take(int number) {
        operands.pop(1);
        out.emit(Op.LOCAL_SET, locals.scratch(Kind.I64, number));
    }

    /// Copies the top operand into a scratch local.
    void tee(int number) {
        out.emit(Op.LOCAL_TEE, locals.scratch(Kind.I64, number));
    }

    void get(int... numbers) {
        for (var number : numbers) {
            operands.push(Kind.I64);
            out.emit(Op.LOCAL_GET, locals.scratch(Kind.I64, number));
        }
    }

    void drop() {
        operands.pop(1);
        out.emit(Op.DROP);
    }

    void constant(long bits) {
        operands.push(Kind.I64);
        out.emit(Op.I64_CONST, (int) bits, (int) (bits >>> 32));
    }

    /// A function of so many i64 that gives one.
    void apply(int op, int count) {
        operands.pop(count);
        operands.push(Kind.I64);
        out.emit(op);
    }

    /// A function of one operand.
    void convert(int op, Kind result) {
        operands.pop(1);
        operands.push(result);
        out.emit(op);
    }

    void wrap() {
        convert(WRAP, Kind.I32);
    }

    /// One half of a vector on top instead of both.
    void choose(boolean isUpper) {
        if (isUpper) take(0);
        drop();
        if (isUpper) get(0);
    }

    /// @param place of the lower half
    void teeLocal(int place) {
        operands.pop(1);
        out.emit(Op.LOCAL_SET, place + 1);
        out.emit(Op.LOCAL_TEE, place);
        operands.push(Kind.I64);
        out.emit(Op.LOCAL_GET, place + 1);
    }

    /// @param place of the lower half of a local or global
    void getPlaces(int op, int place) {
        for (var half = 0; half < 2; half++) {
            operands.push(Kind.I64);
            out.emit(op, place + half);
        }
    }

    /// @param place of the lower half of a local or global
    void setPlaces(int op, int place) {
        operands.pop(2);
        out.emit(op, place + 1);
        out.emit(op, place);
    }

    /// A scratch local for an address.
    int address() {
        return locals.scratch(Kind.I32, 0);
    }

    void select() {
        var condition = locals.scratch(Kind.I32, 0);
        operands.pop(1);
        out.emit(Op.LOCAL_SET, condition);
        spill(3);
        get(1);
        choose(condition);
        get(0, 2);
        choose(condition);
    }

    private void choose(int condition) {
        operands.push(Kind.I32);
        out.emit(Op.LOCAL_GET, condition);
        operands.pop(2);
        out.emit(Op.SELECT);
    }
}
