package org.ambientvcp.stark.merkle;

/// A column to commit to, where it is: the value of row r in coset b is `values[start + b · stride + r]`, a base
/// element in Montgomery form. A column of a low-degree extension has start 0 and a stride of as many values as there
/// are rows; one of eight parts of a codeword of n rows has a stride of n, and starts at a multiple of n/8.
@SuppressWarnings("ArrayRecordComponent") // says where values are; is no value itself
public record Column(int[] values, int start, int stride) {
    /// All of an array in coset-natural order.
    public static Column of(int[] values, int logRows) {
        return new Column(values, 0, 1 << logRows);
    }
}
