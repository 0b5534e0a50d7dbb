package org.ambientvcp.gateway.keys;

/// What a key may do.
public enum Role {
    /// Submits and cancels its tenant's tasks, uploads modules, reads what is its tenant's or everybody's.
    USER,
    /// Everything, of every tenant; grants funds. It submits for its own tenant only, as all keys do.
    ADMIN,
    /// Reads and writes blobs, nothing else: for nodes and verifiers.
    NODE
}
