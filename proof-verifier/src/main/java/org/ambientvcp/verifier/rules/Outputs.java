package org.ambientvcp.verifier.rules;

/// Asks for outputs that are in the blob store.
@FunctionalInterface
public interface Outputs {
    /// What became of an output that a node says it has stored.
    sealed interface Found {
        /// The bytes are there and hash to their name.
        ///
        /// @param bytes how many
        record Present(long bytes) implements Found {}

        /// The store works and has no such blob.
        record Missing() implements Found {}

        /// The store cannot say, or its copy is damaged; no fault of the node.
        record Unavailable(String reason) implements Found {}
    }

    /// @param sha256 64 lower-case hex digits
    Found find(String sha256);
}
