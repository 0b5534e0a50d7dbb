package org.ambientvcp.stark.machines;

import java.util.function.IntUnaryOperator;
import org.ambientvcp.stark.air.ChipDef;

/// Fills the columns of [Sha256], row by row. Rows after the last block repeat the result.
final class Sha256Trace {
    private static final int WORDS = 8;
    private static final int WINDOW = 16;

    private final int rows;
    private final int blocks;
    private final int[][] columns;

    /// First columns of what stands side by side.
    private final int stateAt;

    private final int word0At;
    private final int word14At;
    private final int word1At;
    private final int chainAt;
    private final int newAAt;
    private final int newEAt;
    private final int newWordAt;
    private final int carriesAt;

    private final int[] state = new int[WORDS];
    private final int[] chain = new int[WORDS];
    private final int[] window = new int[WINDOW];
    private int row;

    Sha256Trace(ChipDef chip, int logRows) {
        rows = 1 << logRows;
        blocks = Sha256.blocks(logRows);
        columns = new int[chip.width()][rows];
        stateAt = chip.column("state a bit 0");
        word0At = chip.column("word 0 bit 0");
        word14At = chip.column("word 14 bit 0");
        word1At = chip.column("word 1 low");
        chainAt = chip.column("chain 0 low");
        newAAt = chip.column("new a low");
        newEAt = chip.column("new e low");
        newWordAt = chip.column("new word low");
        carriesAt = chip.column("chain 0 low carry");
    }

    int[][] columns() {
        return columns;
    }

    /// @return the limbs of the digest
    int[] fill(int[] message) {
        return fill(standard(), standard(), message);
    }

    /// The chaining value and the first state that the standard gives.
    static int[] standard() {
        var words = new int[WORDS];
        for (var i = 0; i < WORDS; i++) words[i] = Sha256Rows.initial(i, 0) | (Sha256Rows.initial(i, 1) << Limbs.BITS);
        return words;
    }

    /// Begins with any values.
    ///
    /// @return the limbs of the last chaining value
    int[] fill(int[] firstChain, int[] firstState, int[] message) {
        System.arraycopy(firstChain, 0, chain, 0, WORDS);
        System.arraycopy(firstState, 0, state, 0, WORDS);
        for (var block = 0; block < blocks; block++) {
            System.arraycopy(message, block * WINDOW, window, 0, WINDOW);
            for (var round = 0; round < Sha256.ROUNDS; round++) {
                write();
                round();
            }
            write();
            add();
            row++;
        }
        while (row < rows) {
            write();
            row++;
        }
        newWords();
        var digest = new int[2 * WORDS];
        for (var i = 0; i < digest.length; i++) digest[i] = limb(chain[i / 2], i % 2);
        return digest;
    }

    private void round() {
        var a = word(newA(0, 0), carry -> newA(1, carry));
        var e = word(newE(0, 0), carry -> newE(1, carry));
        var word = word(
                newWord(window[14], window[9], window[1], window[0], 0, 0),
                carry -> newWord(window[14], window[9], window[1], window[0], 1, carry));
        System.arraycopy(state, 0, state, 1, WORDS - 1);
        state[0] = a;
        state[4] = e;
        System.arraycopy(window, 1, window, 0, WINDOW - 1);
        window[WINDOW - 1] = word;
        row++;
    }

    private static int word(int low, IntUnaryOperator high) {
        return (low & 0xffff) | (high.applyAsInt(low >>> Limbs.BITS) << Limbs.BITS);
    }

    /// The state joins the chaining value.
    private void add() {
        for (var i = 0; i < WORDS; i++) {
            var low = limb(chain[i], 0) + limb(state[i], 0);
            var high = limb(chain[i], 1) + limb(state[i], 1) + (low >>> Limbs.BITS);
            columns[carriesAt + 2 * i][row] = low >>> Limbs.BITS;
            columns[carriesAt + 2 * i + 1][row] = high >>> Limbs.BITS;
            chain[i] += state[i];
            state[i] = chain[i];
        }
    }

    private void write() {
        for (var i = 0; i < WORDS; i++) {
            bits(stateAt + 32 * i, state[i]);
            limbs(chainAt + 2 * i, chain[i]);
        }
        bits(word0At, window[0]);
        bits(word14At, window[14]);
        for (var i = 1; i < WINDOW; i++) if (i != 14) limbs(wordAt(i), window[i]);
        var lowA = newA(0, 0);
        var lowE = newE(0, 0);
        sum(newAAt, lowA, newA(1, lowA >>> Limbs.BITS), 3);
        sum(newEAt, lowE, newE(1, lowE >>> Limbs.BITS), 3);
    }

    /// The columns of a word of the window that is in limbs.
    private int wordAt(int i) {
        return word1At + 2 * (i < 14 ? i - 1 : i - 2);
    }

    private int newA(int limb, int carry) {
        int a = state[0], b = state[1], c = state[2];
        return t1(limb) + limb(xorOfRotations(a, 2, 13, 22), limb) + limb((a & b) ^ (a & c) ^ (b & c), limb) + carry;
    }

    private int newE(int limb, int carry) {
        return limb(state[3], limb) + t1(limb) + carry;
    }

    private int t1(int limb) {
        int e = state[4], f = state[5], g = state[6], h = state[7];
        return limb(h, limb)
                + limb(xorOfRotations(e, 6, 11, 25), limb)
                + limb((e & f) ^ (~e & g), limb)
                + Sha256Rows.constant(row, limb)
                + limb(window[0], limb);
    }

    private static int newWord(int word14, int word9, int word1, int word0, int limb, int carry) {
        var first = Integer.rotateRight(word14, 17) ^ Integer.rotateRight(word14, 19) ^ (word14 >>> 10);
        var second = Integer.rotateRight(word1, 7) ^ Integer.rotateRight(word1, 18) ^ (word1 >>> 3);
        return limb(first, limb) + limb(word9, limb) + limb(second, limb) + limb(word0, limb) + carry;
    }

    /// The sums of the schedule hold on every row, also where the next one begins a block and they are not used.
    private void newWords() {
        for (row = 0; row < rows; row++) {
            int word14 = readBits(word14At, row), word9 = readLimbs(wordAt(9), row);
            int word1 = readBits(word0At, (row + 1) % rows), word0 = readBits(word0At, row);
            var low = newWord(word14, word9, word1, word0, 0, 0);
            sum(newWordAt, low, newWord(word14, word9, word1, word0, 1, low >>> Limbs.BITS), 2);
        }
    }

    private int readBits(int at, int fromRow) {
        var word = 0;
        for (var bit = 0; bit < 32; bit++) word |= columns[at + bit][fromRow] << bit;
        return word;
    }

    private int readLimbs(int at, int fromRow) {
        return columns[at][fromRow] | (columns[at + 1][fromRow] << Limbs.BITS);
    }

    private static int xorOfRotations(int word, int first, int second, int third) {
        return Integer.rotateRight(word, first) ^ Integer.rotateRight(word, second) ^ Integer.rotateRight(word, third);
    }

    private static int limb(int word, int limb) {
        return (word >>> (limb * Limbs.BITS)) & 0xffff;
    }

    private void bits(int at, int word) {
        for (var bit = 0; bit < 32; bit++) columns[at + bit][row] = (word >>> bit) & 1;
    }

    private void limbs(int at, int word) {
        columns[at][row] = limb(word, 0);
        columns[at + 1][row] = limb(word, 1);
    }

    /// The limbs, then the carry of the lower and of the upper one.
    private void sum(int at, int low, int high, int carryBits) {
        limbs(at, (low & 0xffff) | (high << Limbs.BITS));
        for (var bit = 0; bit < carryBits; bit++) {
            columns[at + 2 + bit][row] = (low >>> (Limbs.BITS + bit)) & 1;
            columns[at + 2 + carryBits + bit][row] = (high >>> (Limbs.BITS + bit)) & 1;
        }
    }
}
