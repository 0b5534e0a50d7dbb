package org.ambientvcp.wasm.trace;

import static java.util.Locale.ROOT;

import java.util.List;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.code.Kind;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.Op;
import run.endive.wasm.types.OpCode;

/// One instruction of a module's bytes, as the text format writes it.
///
/// @param text name and immediates
/// @param operands kinds of what it takes from the operand stack, the top last; empty for [#isOpen]
record InstructionText(String text, List<Kind> operands) {
    private static final int MORE = 0xfc;
    private static final int SIMD = 0xfd;
    private static final List<String> NAMESPACES = List.of(
            "i32_", "i64_", "f32_", "f64_", "local_", "global_", "table_", "memory_", "data_", "elem_", "ref_", "v128_",
            "i8x16_", "i16x8_", "i32x4_", "i64x2_", "f32x4_", "f64x2_");

    InstructionText {
        operands = List.copyOf(operands);
    }

    /// Whether it takes values of any type: `drop` and `select`.
    boolean isOpen() {
        return text.equals("drop") || text.equals("select");
    }

    /// @param bytes of the module, valid
    /// @param function that the instruction is in
    static InstructionText at(int offset, byte[] bytes, ModuleCode module, FunctionCode function) {
        var in = new Reader(bytes, offset);
        var number = in.octet();
        var isSimd = number == SIMD;
        if (isSimd || number == MORE) number = number << 8 | (int) in.unsigned();
        var name = name(OpCode.byOpCode(number));
        if (isSimd) return new InstructionText(name, List.of());
        var op = number > 0xff ? 0x100 + (number & 0xff) : number;
        if (Op.isNumeric(op)) {
            var kind = Op.operandKind(op);
            return new InstructionText(name, Op.operands(op) == 2 ? List.of(kind, kind) : List.of(kind));
        }
        if (Op.isLoad(op) || Op.isStore(op)) {
            in.unsigned();
            var text = name + " offset=" + in.unsigned();
            return new InstructionText(text, Op.isLoad(op) ? List.of(Kind.I32) : List.of(Kind.I32, Op.accessKind(op)));
        }
        return other(op, name, in, module, function);
    }

    private static InstructionText other(int op, String name, Reader in, ModuleCode module, FunctionCode function) {
        return switch (op) {
            case Op.I32_CONST, Op.I64_CONST -> new InstructionText(name + " " + in.signed(), List.of());
            case Op.F32_CONST -> new InstructionText(name + " " + Float.intBitsToFloat((int) in.fixed(4)), List.of());
            case Op.F64_CONST -> new InstructionText(name + " " + Double.longBitsToDouble(in.fixed(8)), List.of());
            case Op.LOCAL_SET, Op.LOCAL_TEE -> {
                var place = place(op, in.start, function.code());
                var kinds =
                        place < 0 ? List.<Kind>of() : List.of(function.locals().get(place));
                yield new InstructionText(name + " " + in.unsigned(), kinds);
            }
            case Op.GLOBAL_SET -> {
                var place = place(op, in.start, function.code());
                var kinds = place < 0
                        ? List.<Kind>of()
                        : List.of(module.globals().get(place).kind());
                yield new InstructionText(name + " " + in.unsigned(), kinds);
            }
            case Op.LOCAL_GET, Op.GLOBAL_GET, BR -> new InstructionText(name + " " + in.unsigned(), List.of());
            case BR_IF, Op.TABLE_GET -> new InstructionText(name + " " + in.unsigned(), List.of(Kind.I32));
            case IF, BR_TABLE, Op.MEMORY_GROW -> new InstructionText(name, List.of(Kind.I32));
            case Op.TABLE_SET -> new InstructionText(name + " " + in.unsigned(), List.of(Kind.I32, Kind.I32));
            case RETURN -> new InstructionText(name, function.signature().results());
            case Op.CALL -> {
                var callee = (int) in.unsigned();
                yield new InstructionText(
                        name + " " + module.nameOf(callee),
                        module.signature(callee).parameters());
            }
            case Op.CALL_INDIRECT -> new InstructionText(name + " type " + in.unsigned(), List.of(Kind.I32));
            case Op.MEMORY_COPY, Op.MEMORY_FILL, Op.MEMORY_INIT, Op.TABLE_COPY, Op.TABLE_FILL, Op.TABLE_INIT ->
                new InstructionText(name, List.of(Kind.I32, Kind.I32, Kind.I32));
            case Op.TABLE_GROW -> new InstructionText(name, List.of(Kind.I32, Kind.I32));
            default -> new InstructionText(name, List.of());
        };
    }

    /// Where a local or global is in flat code, which counts them otherwise than the module; -1 if the code has no
    /// such instruction there.
    private static int place(int op, int offset, int[] code) {
        var at = 0;
        while (at < code.length && !(code[at] == Op.STEP && code[at + 1] == offset)) at += Op.width(code, at);
        for (at += 2; at < code.length && code[at] != Op.STEP; at += Op.width(code, at))
            if (code[at] == op) return code[at + 1];
        return -1;
    }

    private static final int IF = 0x04;
    private static final int BR = 0x0c;
    private static final int BR_IF = 0x0d;
    private static final int BR_TABLE = 0x0e;
    private static final int RETURN = 0x0f;

    private static String name(OpCode opcode) {
        var name = opcode.name().toLowerCase(ROOT).replaceFirst("extend_(8|16|32)_s", "extend$1_s");
        if (name.equals("select_t")) return "select";
        for (var namespace : NAMESPACES)
            if (name.startsWith(namespace))
                return namespace.substring(0, namespace.length() - 1) + "." + name.substring(namespace.length());
        return name;
    }

    /// Reads immediates.
    private static final class Reader {
        private final byte[] bytes;
        private final int start;
        private int at;

        Reader(byte[] bytes, int at) {
            this.bytes = bytes;
            this.start = at;
            this.at = at;
        }

        int octet() {
            return bytes[at++] & 0xff;
        }

        long unsigned() {
            var value = 0L;
            for (var shift = 0; ; shift += 7) {
                var octet = octet();
                value |= (octet & 0x7fL) << shift;
                if (octet < 0x80) return value;
            }
        }

        long signed() {
            var value = 0L;
            for (var shift = 0; ; ) {
                var octet = octet();
                value |= (octet & 0x7fL) << shift;
                shift += 7;
                if (octet >= 0x80) continue;
                return shift < Long.SIZE && (octet & 0x40) != 0 ? value | (-1L << shift) : value;
            }
        }

        long fixed(int octets) {
            var value = 0L;
            for (var i = 0; i < octets; i++) value |= (long) octet() << (8 * i);
            return value;
        }
    }
}
