package org.ambientvcp.wasm;

/// Names for what the JVM can run out of.
final class EngineErrors {
    private EngineErrors() {}

    static String scarce(Throwable error) {
        return error instanceof OutOfMemoryError ? "heap" : "stack";
    }
}
