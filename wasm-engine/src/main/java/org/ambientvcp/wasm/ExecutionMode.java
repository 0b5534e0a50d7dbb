package org.ambientvcp.wasm;

/// How an engine executes code. Gives the same [Execution] in every case; only the time differs.
public enum ExecutionMode {
    /// A run of a module that is not known to be long starts in the interpreter, and begins again in compiled code
    /// when it has used 2^22 gas. A module that has used 2^25 gas in this way is compiled at once from then on.
    AUTOMATIC,
    INTERPRETED,
    /// Functions that are too large for the JVM's compilers are interpreted.
    COMPILED
}
