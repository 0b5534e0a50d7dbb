package org.ambientvcp.wasm;

import java.util.Arrays;
import java.util.BitSet;

/// Walks over the instructions of a module's functions before they are parsed, and refuses what would keep the parser
/// busy out of proportion: it follows every branch block by block, so that branches out of deep nests take a time that
/// is the product of both, and looks at every block beside a loop when the loop ends. Instructions beyond what this
/// engine has are refused by the name of their feature.
final class CodeScan {
    /// Blocks that all branches of a module leave. Measured: 9 ns of parsing for each.
    static final long BLOCKS_LEFT = 1L << 26;

    private static final int CONTINUES = 0x80;
    /// Of an alignment: the index of a memory follows.
    private static final int MEMORY_INDEX = 0x40;

    private final byte[] module;
    private int position;
    private int end;
    private long opened;
    private long blocksLeft;
    /// Blocks so far in each open block, the function's body being the first.
    private int[] blocksIn = new int[64];

    private final BitSet isLoop = new BitSet();
    private int depth;
    private long blocksBeside;

    CodeScan(byte[] module) {
        this.module = module;
    }

    /// @param from first byte of the instructions
    /// @param to behind their last byte, within the module
    void function(int from, int to) throws Refusal {
        position = from;
        end = to;
        opened = 1;
        depth = 0;
        blocksIn[0] = 0;
        while (position < end) {
            var at = position;
            if (!instruction(module[position++] & 0xff)) throw unsupported(at);
            if (blocksLeft > BLOCKS_LEFT)
                throw new Refusal("the module's branches leave more than " + BLOCKS_LEFT + " blocks");
            if (blocksBeside > BLOCKS_LEFT)
                throw new Refusal("the module's loops are beside more than " + BLOCKS_LEFT + " blocks");
        }
    }

    /// A constant expression.
    ///
    /// @param from its first byte
    /// @param to where it must have ended
    /// @return behind its `end`
    int expression(int from, int to) throws Refusal {
        position = from;
        end = to;
        depth = 0;
        while (position < end) {
            var at = position;
            var opcode = module[position++] & 0xff;
            if (opcode == 0x0b) return position;
            if (!instruction(opcode)) throw unsupported(at);
        }
        throw new Refusal("malformed: a constant expression has no end");
    }

    /// @return whether the instruction is known
    private boolean instruction(int opcode) throws Refusal {
        switch (opcode) {
            case 0x0b -> close();
            case 0x02, 0x03, 0x04 -> {
                open(opcode == 0x03);
                opened++;
                skipNumbers(1);
            }
            case 0x10, 0xd0, 0xd2, 0x41, 0x42 -> skipNumbers(1);
            case 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40 -> skipNumbers(1);
            case 0x11 -> skipNumbers(2);
            case 0x0c, 0x0d -> branch();
            case 0x0e -> {
                var targets = number() + 1;
                // The parser takes a number of 2^31 or more for none.
                if (targets > end - position) throw new Refusal("malformed: a br_table is longer than its function");
                for (; targets > 0; targets--) branch();
            }
            case 0x1c -> {
                for (var types = number(); types > 0 && position < end; types--) skipNumbers(1);
            }
            case 0x43 -> position += Integer.BYTES;
            case 0x44 -> position += Long.BYTES;
            case 0xfc -> {
                return prefixed(number());
            }
            case 0xfd -> {
                return vector(number());
            }
            default -> {
                return plain(opcode);
            }
        }
        return true;
    }

    private void open(boolean asLoop) {
        blocksIn[depth++]++;
        if (depth == blocksIn.length) blocksIn = Arrays.copyOf(blocksIn, 2 * depth);
        blocksIn[depth] = 0;
        isLoop.set(depth, asLoop);
    }

    private void close() {
        if (depth == 0) return;
        if (isLoop.get(depth)) blocksBeside += blocksIn[depth - 1];
        depth--;
    }

    /// A branch that leaves more blocks than there are is for the validator to refuse.
    private void branch() {
        blocksLeft += Math.min(number(), opened);
    }

    private Refusal unsupported(int at) {
        var opcode = module[at] & 0xff;
        var feature = switch (opcode) {
            case 0x06, 0x07, 0x08, 0x09, 0x0a, 0x18, 0x19, 0x1f -> "exception handling is";
            case 0x12, 0x13, 0x15 -> "tail calls are";
            case 0x14, 0xd4, 0xd5, 0xd6 -> "typed references are";
            case 0xd3, 0xfb -> "garbage collection is";
            case 0xfd -> "relaxed SIMD is";
            case 0xfe -> "threads are";
            default -> "the instruction is";
        };
        return new Refusal("%s not supported: opcode 0x%02x at offset %d".formatted(feature, opcode, at));
    }

    private boolean plain(int opcode) {
        if (opcode >= 0x28 && opcode <= 0x3e) {
            skipAddress();
            return true;
        }
        return switch (opcode) {
            case 0x00, 0x01, 0x05, 0x0f, 0x1a, 0x1b, 0xd1 -> true;
            default -> opcode >= 0x45 && opcode <= 0xc4;
        };
    }

    private boolean prefixed(long opcode) {
        switch ((int) Math.min(opcode, 0xff)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> {}
            case 9, 11, 13, 15, 16, 17 -> skipNumbers(1);
            case 8, 10, 12, 14 -> skipNumbers(2);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean vector(long opcode) {
        if (opcode > 0xff) return false;
        switch ((int) opcode) {
            case 0x0c, 0x0d -> position += 2 * Long.BYTES;
            case 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b -> {
                skipAddress();
                position++;
            }
            case 0x5c, 0x5d -> skipAddress();
            default -> {
                if (opcode <= 0x0b) skipAddress();
                else if (opcode >= 0x15 && opcode <= 0x22) position++;
            }
        }
        return true;
    }

    /// Alignment and offset.
    private void skipAddress() {
        skipNumbers((number() & MEMORY_INDEX) == 0 ? 1 : 2);
    }

    private void skipNumbers(int count) {
        for (var left = count; left > 0; left--) while (position < end && (module[position++] & CONTINUES) != 0) {}
    }

    /// Unsigned LEB128, as far as it makes sense.
    private long number() {
        var number = 0L;
        for (var shift = 0; position < end; shift += 7) {
            var octet = module[position++];
            if (shift < 35) number |= (octet & 0x7fL) << shift;
            if ((octet & CONTINUES) == 0) break;
        }
        return number;
    }
}
