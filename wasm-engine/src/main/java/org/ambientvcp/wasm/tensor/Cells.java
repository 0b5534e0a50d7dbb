package org.ambientvcp.wasm.tensor;

/// The numbers of a product in memory, and the sums of its blocks, which are kept as floats.
interface Cells {
    /// Bytes of an element of an operand.
    int operandBytes();

    /// Copies elements of an operand.
    ///
    /// @param address of the first one
    /// @param step between two elements, in elements
    void readOperand(int address, int step, float[] row, int at, int count);

    /// Called before a block of terms is added to consecutive sums.
    ///
    /// @param address of the first result
    /// @param isFirst whether there have been no terms before
    void begin(float[] sums, int address, int count, boolean isFirst);

    /// Called when a block of at most [#MOST_TERMS] terms has been added.
    ///
    /// @param isLast whether there are no terms to come
    void end(float[] sums, int address, int count, boolean isFirst, boolean isLast);

    /// The sum of so many products of two i8 is at most 2^22, so floats hold it and all it is made of exactly.
    int MOST_TERMS = 256;
}
