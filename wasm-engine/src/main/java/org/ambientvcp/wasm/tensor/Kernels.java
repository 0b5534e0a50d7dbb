package org.ambientvcp.wasm.tensor;

/// The inner loops. Two implementations give the same bits; which one runs only decides how long it takes.
interface Kernels {
    /// The fastest that this JVM has: needs the module `jdk.incubator.vector`, which is there only if the JVM was
    /// started with `--add-modules jdk.incubator.vector`.
    Kernels FASTEST = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            ? new VectorKernels()
            : new PlainKernels();

    /// The arrays of `left` and `result` have room for rows, and those of `right` and `result` for columns, up to
    /// the next multiple of these; what is there is of no importance and may change.
    int ROWS = 4;

    int COLUMNS = 16;

    /// `result[i][j] += left[i][k] * right[k][j]`, for k from 0 to `depth` - 1 one after the other, every product
    /// and every sum rounded to a float. Which NaN comes out is not defined.
    void multiply(float[][] left, float[][] right, float[][] result, int rows, int depth, int columns);

    /// Up to how many rows of one factor products of i8 are faster by [#dot] than by blocks, if both factors have
    /// the terms of a sum side by side.
    int rowsByDots();

    /// The sum of `memory[a + i] * memory[b + i]` for i from 0 to `count` - 1, modulo 2^32.
    int dot(byte[] memory, int a, int b, int count);

    /// Replaces every NaN by the canonical one.
    void canonicalize(float[] values, int count);
}
