package org.ambientvcp.wasm.compiler;

import org.ambientvcp.wasm.code.ModuleCode;

/// A module as the compiler sees it.
///
/// @param withPath whether code keeps the path; without it only for measuring what it costs
record Program(ModuleCode module, CallGraph calls, boolean withPath) {
    static Program of(ModuleCode module, boolean withPath) {
        return new Program(module, new CallGraph(module), withPath);
    }
}
