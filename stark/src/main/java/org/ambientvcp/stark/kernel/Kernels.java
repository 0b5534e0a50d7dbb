package org.ambientvcp.stark.kernel;

/// The inner loops of the prover. Two implementations give the same bits; which one runs only decides how long it
/// takes.
///
/// A column is an `int[]` of base elements in Montgomery form; a column of an extension of degree d is d of them,
/// coefficient by coefficient. A loop works on `count` values, a multiple of [#LANES], from an offset of each array on;
/// the result may be where an argument is, but not overlap it otherwise.
///
/// Nothing here allocates, but for what a thread needs once: all threads may use one instance.
public interface Kernels {
    int LANES = 16;

    /// How many messages are hashed at once.
    int MESSAGES = 256;

    /// The fastest that this JVM has.
    static Kernels fastest() {
        return Fastest.KERNELS;
    }

    /// out = a + b
    void add(int[] a, int atA, int[] b, int atB, int[] out, int to, int count);

    /// out = a - b
    void sub(int[] a, int atA, int[] b, int atB, int[] out, int to, int count);

    /// out = a · b
    void mul(int[] a, int atA, int[] b, int atB, int[] out, int to, int count);

    /// out = a + constant
    void addConstant(int[] a, int atA, int constant, int[] out, int to, int count);

    /// out = a · constant. With a constant of 1, which is not the element 1, the result is the canonical form of a.
    void mulConstant(int[] a, int atA, int constant, int[] out, int to, int count);

    /// sum += a · constant
    void addScaled(int[] a, int atA, int constant, int[] sum, int at, int count);

    /// out = a · b, in the extension of degree `a.length`.
    void multiply(int[][] a, int atA, int[][] b, int atB, int[][] out, int to, int count);

    /// sum += a0 · w_0 + a1 · w_1 + a2 · w_2 + a3 · w_3, of base columns and elements of the extension of degree
    /// `sum.length`; the coefficients of w_0, w_1, … are one after another in `weights`, from `first` on.
    void addWeighted(
            int[] a0, int[] a1, int[] a2, int[] a3, int from, int[] weights, int first, int[][] sum, int at, int count);

    /// sums_k += Σ_i a_i · weights_k,i: the coefficients of one element.
    void addProducts(int[] a, int from, int[][] weights, int at, int count, int[] sums);

    /// A layer of a transform, from a block to its halves: x + w·y and x - w·y, of the halves x and y.
    ///
    /// @param part how many values a half is of, a multiple of [#LANES]
    /// @param blocks how many blocks there are, one after another
    /// @param first where in `roots` the w of the first block is; those of the others follow
    void split2(int[] a, int at, int part, int blocks, int first, int[] roots);

    /// Two layers of [#split2]: with the roots from `first`, then, of halves, those from 2 · `first`.
    ///
    /// @param part how many values a quarter is of, a multiple of [#LANES]
    void split4(int[] a, int at, int part, int blocks, int first, int[] roots);

    /// A layer of a transform, from the halves of a block: x + y and w·(x - y).
    void merge2(int[] a, int at, int part, int blocks, int first, int[] roots);

    /// Two layers of [#merge2]: of halves, with the roots from 2 · `first`, then those from `first`.
    void merge4(int[] a, int at, int part, int blocks, int first, int[] roots);

    /// Transforms 16 values each: transposes blocks of 16 rows of 16 values, one after another, and splits each to the
    /// end, in four layers. These are two times [#split4], with parts of 64 and of 16 values and the roots from 0.
    void splitLanes(int[] a, int at, int blocks, int[] roots);

    /// The way back: [#merge4] two times, with parts of 16 and of 64 values, then the transposition of each block.
    void mergeLanes(int[] a, int at, int blocks, int[] roots);

    /// The compression of BLAKE2s (RFC 7693, 3.2) of [#MESSAGES] messages at once. Word w of message l is at
    /// [#MESSAGES] · w + l.
    ///
    /// @param state 8 words of each message, changed
    /// @param message the 16 words of each message
    /// @param bytes how many bytes of each message there are up to the end of this block
    /// @param last whether it is the last block
    void compress(int[] state, int[] message, int bytes, boolean last);
}
