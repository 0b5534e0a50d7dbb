package org.ambientvcp.wasm.compiler;

import org.ambientvcp.wasm.code.Op;
import org.jspecify.annotations.Nullable;

/// The i32 local that counts the rounds of a loop: the loop's last jump back comes at once after it is changed, and
/// depends on how it compares with something that does not change in the loop. Nothing else in the loop assigns it.
///
/// @param local the counter
/// @param stride what is added in every round, not 0
/// @param limit position of the `i32.const` or `local.get` that it is compared with; -1 if that is 0
/// @param isUnsigned whether the comparison orders unsigned numbers
record Counter(int local, int stride, int limit, boolean isUnsigned) {
    private static final int I32_NE = 0x47;
    private static final int I32_LT_S = 0x48;
    private static final int I32_LT_U = 0x49;
    private static final int I32_GT_S = 0x4a;
    private static final int I32_GT_U = 0x4b;
    private static final int I32_ADD = 0x6a;

    /// Of a loop that has no other loop in it; null if it is not like that.
    static @Nullable Counter of(int[] code, int header, int end) {
        if (code[end] != Op.JUMP_IF) return null;
        var counter = new Search(code, header, end).find();
        return counter != null && isSteady(code, header, end, counter) ? counter : null;
    }

    /// Whether the local changes at the end of the loop only, and what it is compared with does not.
    private static boolean isSteady(int[] code, int header, int end, Counter counter) {
        var limit = counter.limit;
        var compared = limit >= 0 && code[limit] == Op.LOCAL_GET ? code[limit + 1] : -1;
        var changes = 0;
        for (var at = header; at <= end; at += Op.width(code, at)) {
            if (code[at] != Op.LOCAL_SET && code[at] != Op.LOCAL_TEE) continue;
            if (code[at + 1] == counter.local) changes++;
            if (code[at + 1] == compared) return false;
        }
        return changes == 1;
    }

    /// Looks at the last instructions of a loop, which are in one block.
    private static final class Search {
        private final int[] code;
        private final int[] starts = new int[6];

        /// Keeps where the last six instructions before the jump start.
        Search(int[] code, int header, int end) {
            this.code = code;
            java.util.Arrays.fill(starts, header);
            for (var at = header; at < end; at += Op.width(code, at)) {
                System.arraycopy(starts, 1, starts, 0, starts.length - 1);
                starts[starts.length - 1] = at;
            }
        }

        /// The start of an instruction, 1 for the last before the jump.
        private int at(int before) {
            return starts[starts.length - before];
        }

        private int op(int before) {
            return code[at(before)];
        }

        @Nullable
        Counter find() {
            if (op(1) == Op.LOCAL_TEE) return counter(1, -1, I32_NE);
            var isLimit = op(2) == Op.I32_CONST || op(2) == Op.LOCAL_GET;
            return isLimit && op(3) == Op.LOCAL_TEE ? counter(3, at(2), op(1)) : null;
        }

        /// @param tee which instruction assigns the local
        private @Nullable Counter counter(int tee, int limit, int comparison) {
            if (op(tee + 1) != I32_ADD || op(tee + 2) != Op.I32_CONST || op(tee + 3) != Op.LOCAL_GET) return null;
            var local = code[at(tee) + 1];
            var stride = code[at(tee + 2) + 1];
            if (code[at(tee + 3) + 1] != local || stride == 0 || stride == Integer.MIN_VALUE) return null;
            var isUnsigned = comparison == I32_LT_U || comparison == I32_GT_U;
            var fits = switch (comparison) {
                case I32_NE -> true;
                case I32_LT_S, I32_LT_U -> stride > 0;
                case I32_GT_S, I32_GT_U -> stride < 0;
                default -> false;
            };
            return fits ? new Counter(local, stride, limit, isUnsigned) : null;
        }
    }
}
