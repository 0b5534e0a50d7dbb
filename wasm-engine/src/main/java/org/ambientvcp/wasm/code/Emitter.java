package org.ambientvcp.wasm.code;

/// Writes flat code and lays out gas: a basic block is opened by the first instruction in it that costs something, and
/// its [Op#METER] collects the cost of all that follow until the block ends.
final class Emitter {
    final IntList code = new IntList();
    private int meter = -1;

    void emit(int op) {
        code.add(op);
    }

    void emit(int op, int immediate) {
        code.add(op);
        code.add(immediate);
    }

    void emit(int op, int first, int second) {
        code.add(op);
        code.add(first);
        code.add(second);
    }

    void jump(int op, Label target) {
        code.add(op);
        target.writeTo(code);
    }

    void bind(Label label) {
        endBlock();
        label.bind(code);
    }

    /// An instruction of the module follows.
    ///
    /// @param offset of the instruction in the module
    /// @param gas it costs
    void charge(int offset, int gas) {
        if (meter < 0) open(Op.METER, offset, 0);
        code.set(meter + 1, code.get(meter + 1) + gas);
    }

    /// Opens a block with a look at the gas.
    void check(int offset, int gas) {
        open(Op.METER_CHECK, offset, gas);
    }

    void endBlock() {
        meter = -1;
    }

    /// What a block adds to the path: its offset times 2^32 / φ, so that the ids of neighbours have little in
    /// common.
    static int blockId(int offset) {
        return offset * 0x9e37_79b1;
    }

    private void open(int op, int offset, int gas) {
        meter = code.size();
        emit(op, gas, blockId(offset));
    }
}
