package org.ambientvcp.wasm;

/// The outcome of taking in a module. A bad module is an answer, not an exception.
public sealed interface Compilation {
    /// SHA-256 of the bytes, lower-case hex.
    String sha256();

    /// The module is valid, all it needs is there, and it can be run.
    ///
    /// @param module to give to [WasmEngine#run]
    record Compiled(WasmModule module) implements Compilation {
        @Override
        public String sha256() {
            return module.sha256();
        }
    }

    /// The module can run on no node: malformed, too large, a feature or an import that the engine does not have.
    ///
    /// @param reason deterministic, one sentence
    record Refused(String sha256, String reason) implements Compilation {}

    /// This node could not read the module, for example for want of heap. Another node, or a later try, may.
    ///
    /// @param reason one sentence
    record Failed(String sha256, String reason) implements Compilation {}
}
