package org.ambientvcp.wasm.hostile;

/// A module and the function of it to call, which takes nothing.
@SuppressWarnings("ArrayRecordComponent") // read only
record HostileProgram(String name, byte[] module, String function) {
    HostileProgram(String name, byte[] module) {
        this(name, module, "f");
    }
}
