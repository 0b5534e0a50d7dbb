package org.ambientvcp.stark.machines;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.stark.air.ChipBuilder;
import org.ambientvcp.stark.air.Expr;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.proof.Words;

/// The compression function of SHA-256 (FIPS 180-4), block after block: the prover knows blocks that lead from
/// the standard's initial value to a public digest. Padding is part of the blocks and is not looked at.
///
/// A block is 64 rows of one round each and a row on which the state is added to the chaining value. All words are
/// 32 bits in columns of their own, or two limbs of 16 bits. One table, no bus, every row takes part; preprocessed
/// columns say
/// which row of a block a row is, so they fix the height.
///
/// | columns                  | hold                                                                |
/// |--------------------------|---------------------------------------------------------------------|
/// | state a … h              | 8 × 32 bits, before the round                                       |
/// | word 0, word 14          | bits of the words of the message schedule that are taken apart      |
/// | word 1 … 13, 15          | limbs of the others; the window moves on by one word a row          |
/// | new a, new e, new word   | limbs of the sums, with their carries                               |
/// | chain 0 … 7              | limbs of the chaining value, the same on all rows of a block        |
///
/// (1) FIPS 180-4, 6.2.2.
public final class Sha256 {
    public static final String CHIP = "sha256";

    /// Rows of a block.
    static final int PERIOD = 65;

    static final int ROUNDS = 64;

    private static final int WINDOW = 16;
    private static final String STATE = "abcdefgh";

    private final ChipBuilder chip = ChipBuilder.named(CHIP);
    private final Expr round;
    private final Expr end;
    private final Expr output;
    private final Expr[] roundConstant = new Expr[2];
    private final List<BitWord> state = new ArrayList<>();
    private final List<Limbs> chain = new ArrayList<>();
    private final List<Limbs> window = new ArrayList<>();
    private final BitWord word0;
    private final BitWord word14;

    private Sha256(int logRows) {
        var rows = new Sha256Rows(logRows);
        round = chip.preprocessed("round", rows.rounds());
        end = chip.preprocessed("end of block", rows.ends());
        output = chip.preprocessed("output", rows.outputs());
        for (var limb = 0; limb < 2; limb++)
            roundConstant[limb] = chip.preprocessed("round constant " + Limbs.NAMES.get(limb), rows.constants(limb));
        chip.everyRowReal();
        for (var i = 0; i < STATE.length(); i++) state.add(BitWord.declare(chip, "state " + STATE.charAt(i)));
        word0 = BitWord.declare(chip, "word 0");
        word14 = BitWord.declare(chip, "word 14");
        for (var i = 0; i < WINDOW; i++)
            window.add(
                    switch (i) {
                        case 0 -> word0.limbs();
                        case 14 -> word14.limbs();
                        default -> Limbs.declare(chip, "word " + i);
                    });
        for (var i = 0; i < STATE.length(); i++) chain.add(Limbs.declare(chip, "chain " + i));
    }

    /// Public values: the digest's 8 words, the lower limb of each first.
    ///
    /// @param logRows binary logarithm of the rows; they hold [#blocks] blocks
    public static Machine machine(int logRows) {
        var sha = new Sha256(logRows);
        sha.constrainRounds();
        sha.constrainSchedule();
        sha.constrainChain();
        return new Machine("sha256", List.of(), List.of(sha.chip.build()), 16, List.of());
    }

    /// Blocks that so many rows hold, with a row for the result.
    public static int blocks(int logRows) {
        return ((1 << logRows) - 1) / PERIOD;
    }

    /// Compresses blocks.
    ///
    /// @param message [#blocks] times 16 words, as big-endian numbers
    public static Execution run(int logRows, int... message) {
        if (message.length != WINDOW * blocks(logRows))
            throw new IllegalArgumentException(
                    "message is not of %d words: %d".formatted(WINDOW * blocks(logRows), message.length));
        var machine = machine(logRows);
        var trace = new Sha256Trace(machine.chips().getFirst(), logRows);
        var digest = trace.fill(message);
        return new Execution(machine, List.<int[][]>of(trace.columns()), Words.of(digest));
    }

    /// A round: (1), step 3.
    private void constrainRounds() {
        BitWord a = state.get(0), b = state.get(1), c = state.get(2), d = state.get(3);
        BitWord e = state.get(4), f = state.get(5), g = state.get(6), h = state.get(7);
        var newA = Sum.declare(chip, "new a", 3);
        var newE = Sum.declare(chip, "new e", 3);
        for (var limb = 0; limb < 2; limb++) {
            var t1 = h.limb(limb)
                    .plus(e.xorOfRotations(limb, 6, 11, 25))
                    .plus(BitWord.choose(e, f, g, limb))
                    .plus(roundConstant[limb])
                    .plus(word0.limb(limb));
            var t2 = a.xorOfRotations(limb, 2, 13, 22).plus(BitWord.majority(a, b, c, limb));
            newA.constrain(chip, limb, t1.plus(t2));
            newE.constrain(chip, limb, d.limb(limb).plus(t1));
        }
        move("state a is the sum", a, newA.limbs());
        move("state e is the sum", e, newE.limbs());
        move("state b was state a", b, a.limbs());
        move("state c was state b", c, b.limbs());
        move("state d was state c", d, c.limbs());
        move("state f was state e", f, e.limbs());
        move("state g was state f", g, f.limbs());
        move("state h was state g", h, g.limbs());
    }

    /// The message schedule: (1), step 1.
    private void constrainSchedule() {
        var newWord = Sum.declare(chip, "new word", 2);
        for (var limb = 0; limb < 2; limb++)
            newWord.constrain(
                    chip,
                    limb,
                    word14.xorOfRotationsAndShift(limb, 17, 19, 10)
                            .plus(window.get(9).limb(limb))
                            .plus(word0.next().xorOfRotationsAndShift(limb, 7, 18, 3))
                            .plus(word0.limb(limb)));
        for (var i = 0; i < WINDOW - 1; i++)
            whenRound("word " + i + " was word " + (i + 1), window.get(i), window.get(i + 1));
        whenRound("word 15 is the new word", window.get(WINDOW - 1), newWord.limbs());
    }

    /// From block to block: (1), step 4.
    private void constrainChain() {
        for (var i = 0; i < STATE.length(); i++) {
            var word = chain.get(i);
            var carries = List.of(chip.bit("chain " + i + " low carry"), chip.bit("chain " + i + " high carry"));
            for (var limb = 0; limb < 2; limb++) {
                var name = "chain %d %s".formatted(i, Limbs.NAMES.get(limb));
                var bits = state.get(i);
                chip.first(
                        name + " begins with the standard's value",
                        word.limb(limb).minus(Sha256Rows.initial(i, limb)));
                chip.first(name + " is the first state", bits.limb(limb).minus(word.limb(limb)));
                chip.transition(
                        name + " is the same on all rows of a block",
                        round.times(word.next().limb(limb).minus(word.limb(limb))));
                var sum = word.limb(limb).plus(bits.limb(limb));
                if (limb == 1) sum = sum.plus(carries.getFirst());
                chip.transition(
                        name + " is the sum of both",
                        end.times(sum.minus(word.next().limb(limb))
                                .minus(carries.get(limb).times(1 << Limbs.BITS))));
                chip.transition(
                        name + " is the next state",
                        end.times(bits.next().limb(limb).minus(word.next().limb(limb))));
                chip.always(
                        name + " is the digest's at the end",
                        output.times(word.limb(limb).minus(Expr.publicValue(2 * i + limb))));
            }
        }
    }

    private void move(String sentence, BitWord to, Limbs from) {
        whenRound(sentence, to.limbs(), from);
    }

    private void whenRound(String sentence, Limbs to, Limbs from) {
        for (var limb = 0; limb < 2; limb++)
            chip.transition(
                    sentence + ", " + Limbs.NAMES.get(limb) + " limb",
                    round.times(to.next().limb(limb).minus(from.limb(limb))));
    }
}
