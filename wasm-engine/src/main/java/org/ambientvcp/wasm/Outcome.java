package org.ambientvcp.wasm;

/// How a run ended.
public enum Outcome {
    /// The function returned or the program exited, with whatever exit code.
    COMPLETED,
    /// The program trapped; the reason is one of WASM's own.
    TRAPPED,
    /// The next instruction or host call cost more gas than was left.
    OUT_OF_GAS,
    /// Memory, table, call depth, stack or output went over its limit.
    LIMIT_EXCEEDED,
    /// The program cannot be run: malformed, unsupported feature, unknown import, no such export, wrong arguments.
    INVALID_MODULE,
    /// The node's time for the run is over. Says nothing about the program.
    DEADLINE,
    /// The node could not do it: interrupted, out of heap, defect of the engine. Says nothing about the program.
    NODE_FAILED;

    /// Whether every honest node gets the same [Execution].
    public boolean isDeterministic() {
        return switch (this) {
            case COMPLETED, TRAPPED, OUT_OF_GAS, LIMIT_EXCEEDED, INVALID_MODULE -> true;
            case DEADLINE, NODE_FAILED -> false;
        };
    }
}
