package org.ambientvcp.stark.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the prover's vector kernels: run by the build, before it compiles.
///
/// The kernels are generated because they have to be long. C2 inlines calls of the Vector API wherever they are, but
/// stops inlining other methods when a method has grown too large (NodeCountInliningCutoff); then vectors are boxed,
/// and
/// a butterfly made of methods for sums and products is ten times slower. So every sum and product is written out.
///
/// But not longer than some hundred calls a method: C1 gives up on longer ones ("out of virtual registers"), and if it
/// does so at a bad time, they are interpreted for ever.
public final class GenerateKernels {
    private GenerateKernels() {}

    /// @param arguments the folder to write to
    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0], "org", "ambientvcp", "stark", "kernel");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("FieldVectors.java"), FieldKernels.source());
        Files.writeString(folder.resolve("TransformVectors.java"), TransformKernels.source());
        Files.writeString(folder.resolve("ExtensionVectors.java"), ExtensionKernels.source());
        Files.writeString(folder.resolve("HashVectors.java"), HashKernels.source());
    }
}
