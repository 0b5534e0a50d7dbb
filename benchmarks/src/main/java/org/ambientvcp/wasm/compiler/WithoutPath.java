package org.ambientvcp.wasm.compiler;

import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.machine.Executor;

/// The compiler as it is but for the path, which code then does not keep: what keeping it costs is the difference.
/// Stands in the compiler's package because nobody else may leave the path out.
public final class WithoutPath {
    private static final int UNIT_CODE = 1 << 13;

    private WithoutPath() {}

    public static Executor compile(ModuleCode module) {
        return new CompiledModule(Program.of(module, false), UNIT_CODE, MethodLimit.BYTES);
    }
}
