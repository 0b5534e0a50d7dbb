package org.ambientvcp.wasm.interpreter;

import org.ambientvcp.wasm.code.Op;

/// Joint instructions: one turn of the interpreter's loop for two or three instructions that often follow each other.
///
/// The first of them is replaced by the joint one, and the others stay where they are behind it. So every immediate and
/// every target of a jump is where it was, and a jump into the middle finds what it always found. Code with steps has
/// an [Op#STEP] between all of them and stays as it is.
final class Joint {
    static final int GET_GET = 0xc8;
    static final int GET_LOAD = 0xc9;
    static final int GET_ADD = 0xca;
    static final int GET_XOR = 0xcb;
    static final int GET_CONST = 0xcc;
    static final int GET_CONST_ADD = 0xcd;
    static final int GET_CONST_AND = 0xce;
    static final int GET_CONST_SHL = 0xcf;
    static final int GET_CONST_SHR_U = 0xd0;
    static final int GET_CONST_ROTL = 0xd1;
    static final int CONST_ADD = 0xd2;
    static final int CONST_AND = 0xd3;
    static final int CONST_SHL = 0xd4;
    static final int CONST_SHR_U = 0xd5;
    static final int CONST_ROTL = 0xd6;
    static final int SET_GET = 0xd7;
    static final int LOAD_SET = 0xd8;
    static final int ADD_GET = 0xd9;
    static final int ADD_SET = 0xda;
    static final int ADD_TEE = 0xdb;
    static final int STORE_GET = 0xdc;

    private Joint() {}

    /// The code with joint instructions.
    static int[] code(int[] code) {
        var joint = code.clone();
        for (var at = 0; at < code.length; at += Op.width(code, at)) joint[at] = at(code, at);
        return joint;
    }

    /// The instruction to execute at a place.
    private static int at(int[] code, int at) {
        var op = code[at];
        var second = at + Op.width(code, at);
        if (second >= code.length) return op;
        return switch (op) {
            case Op.LOCAL_GET -> get(code, second);
            case Op.I32_CONST -> constant(code[second]);
            case Op.LOCAL_SET -> code[second] == Op.LOCAL_GET ? SET_GET : op;
            case 0x28, 0x2a, 0x34 -> code[second] == Op.LOCAL_SET ? LOAD_SET : op;
            case 0x36, 0x38, 0x3e -> code[second] == Op.LOCAL_GET ? STORE_GET : op;
            case 0x6a -> add(code[second]);
            default -> op;
        };
    }

    private static int get(int[] code, int second) {
        return switch (code[second]) {
            case Op.LOCAL_GET -> GET_GET;
            case 0x28, 0x2a, 0x34 -> GET_LOAD;
            case 0x6a -> GET_ADD;
            case 0x73 -> GET_XOR;
            case Op.I32_CONST -> {
                var third = second + Op.width(code, second);
                yield third < code.length ? getConstant(code[third]) : GET_CONST;
            }
            default -> Op.LOCAL_GET;
        };
    }

    private static int getConstant(int third) {
        return switch (third) {
            case 0x6a -> GET_CONST_ADD;
            case 0x71 -> GET_CONST_AND;
            case 0x74 -> GET_CONST_SHL;
            case 0x76 -> GET_CONST_SHR_U;
            case 0x77 -> GET_CONST_ROTL;
            default -> GET_CONST;
        };
    }

    private static int constant(int second) {
        return switch (second) {
            case 0x6a -> CONST_ADD;
            case 0x71 -> CONST_AND;
            case 0x74 -> CONST_SHL;
            case 0x76 -> CONST_SHR_U;
            case 0x77 -> CONST_ROTL;
            default -> Op.I32_CONST;
        };
    }

    private static int add(int second) {
        return switch (second) {
            case Op.LOCAL_GET -> ADD_GET;
            case Op.LOCAL_SET -> ADD_SET;
            case Op.LOCAL_TEE -> ADD_TEE;
            default -> 0x6a;
        };
    }
}
