package org.ambientvcp.stark.kernel;

/// The inner loops of the prover. Two implementations give the same bits; which one runs only decides how long it
/// takes.
///
/// Nothing here allocates or keeps state: all threads may use one instance. Work is done in blocks of [#LANES] values;
/// counts and, where it is said, offsets are multiples of that.
public interface Kernels {
    int LANES = 16;

    /// The compression of BLAKE2s (RFC 7693, 3.2) of [#LANES] messages at once. Word w of message l is at 16·w + l.
    ///
    /// @param state 8 words of each message, changed
    /// @param message the 16 words of each message
    /// @param work 16 words of each message, overwritten
    /// @param bytes how many bytes of each message there are up to the end of this block
    /// @param last whether it is the last block
    void compress(int[] state, int[] message, int[] work, int bytes, boolean last);

    /// Base elements from Montgomery form to canonical form.
    ///
    /// @param count any, 0 or more
    void toCanonical(int[] values, int from, int[] canonical, int to, int count);
}
