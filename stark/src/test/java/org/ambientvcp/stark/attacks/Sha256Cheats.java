package org.ambientvcp.stark.attacks;

import static org.ambientvcp.stark.machines.Sha256.CHIP;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ambientvcp.stark.attacks.Weakening.WithoutConstraint;
import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.machines.Sha256;
import org.ambientvcp.stark.machines.Sha256Beginnings;
import org.ambientvcp.stark.proof.Words;

/// One attack for each constraint of [Sha256]: most of them in the last block, where what follows is the digest.
///
/// The last row is that of the output, the one before ends the last block, and the one before that is its last round.
final class Sha256Cheats {
    static final int LOG_ROWS = 12;

    private static final int OUTPUT = (1 << LOG_ROWS) - 1;
    private static final int END = OUTPUT - 1;
    private static final int ROUND = END - 1;
    private static final int STATE = 8;
    private static final List<String> LIMBS = List.of("low", "high");
    private static final int[] MESSAGE =
            new Random(256).ints(16L * Sha256.blocks(LOG_ROWS)).toArray();
    private static final Execution HONEST = Sha256.run(LOG_ROWS, MESSAGE);

    private final Forgery forgery = Forgery.of(HONEST);

    private Sha256Cheats() {}

    static Execution honest() {
        return HONEST;
    }

    /// Made one after the other: each is a trace of megabytes.
    static Stream<Cheat> all() {
        return HONEST.machine().chips().getFirst().constraints().stream().map(constraint -> of(constraint.name()));
    }

    /// The attack on one constraint.
    static Cheat of(String constraint) {
        return new Cheat(new WithoutConstraint(CHIP, constraint), new Sha256Cheats().forged(constraint));
    }

    private Execution forged(String constraint) {
        var words = constraint.replace(",", "").split(" ", -1);
        if (constraint.endsWith(" is a bit"))
            return notABit(constraint.substring(0, constraint.length() - " is a bit".length()));
        return switch (words[0]) {
            // "new a low is the sum"
            case "new" -> {
                change("new " + words[1] + " " + words[2], OUTPUT);
                yield claimingTheOutput();
            }
            // "state b was state a, low limb"
            case "state" -> {
                flip("state " + words[1] + " bit ", limb(words[words.length - 2]), END);
                yield finished();
            }
            // "word 3 was word 4, low limb"
            case "word" -> otherWord(Integer.parseInt(words[1]), words[words.length - 2]);
            default -> otherChain(constraint, Integer.parseInt(words[1]), words[2]);
        };
    }

    /// Two or minus one or a fraction, and where its limb is a number that others read, a bit beside it makes up for
    /// it.
    private Execution notABit(String column) {
        if (column.startsWith("state ")) {
            var at = column.lastIndexOf(' ') + 1;
            var bit = Integer.parseInt(column.substring(at));
            var beside = bit % 16 == 15 ? bit - 1 : bit + 1;
            var other = column.substring(0, at) + beside;
            var before = forgery.get(CHIP, other, OUTPUT);
            forgery.set(CHIP, other, OUTPUT, 1 - before);
            var change = Field.divide((1L << beside) * (2L * before - 1), 1L << bit);
            forgery.set(CHIP, column, OUTPUT, (long) forgery.get(CHIP, column, OUTPUT) + change);
        } else {
            forgery.set(CHIP, column, OUTPUT, 2);
        }
        return claimingTheOutput();
    }

    private Execution otherWord(int word, String limb) {
        if (word == 0 || word == 14) flip("word " + word + " bit ", limb(limb), END);
        else change("word " + word + " " + limb, END);
        if (word == 0) {
            for (var part : LIMBS) {
                solve("new word " + part, ROUND);
                forgery.set(CHIP, "word 15 " + part, END, forgery.get(CHIP, "new word " + part, ROUND));
            }
        }
        return claimingTheOutput();
    }

    private Execution otherChain(String constraint, int word, String limb) {
        var change = 1 << (16 * limb(limb));
        if (constraint.contains("begins with")) return Sha256Beginnings.run(LOG_ROWS, MESSAGE, word, change, change);
        if (constraint.contains("first state")) return Sha256Beginnings.run(LOG_ROWS, MESSAGE, word, 0, change);
        var column = "chain " + word + " " + limb;
        if (constraint.contains("same on all rows")) {
            forgery.set(CHIP, column, END, forgery.get(CHIP, column, END) ^ 1);
            return finished();
        }
        if (constraint.contains("digest's")) {
            var claimed = claimingTheOutput();
            var values = claimed.publicValues().toArray();
            values[2 * word + limb(limb)] ^= 1;
            return new Execution(claimed.machine(), claimed.tables(), Words.of(values));
        }
        flip("state " + (char) ('a' + word) + " bit ", limb(limb), OUTPUT);
        if (constraint.contains("sum of both"))
            forgery.set(CHIP, column, OUTPUT, forgery.get(CHIP, column, OUTPUT) ^ 1);
        return claimingTheOutput();
    }

    /// Adds up the last block again.
    private Execution finished() {
        for (var word = 0; word < STATE; word++) {
            var carry = 0;
            for (var limb = 0; limb < 2; limb++) {
                var name = "chain " + word + " " + LIMBS.get(limb);
                var bits = "state " + (char) ('a' + word) + " bit ";
                var sum = forgery.get(CHIP, name, END) + carry;
                for (var bit = 0; bit < 16; bit++) sum += forgery.get(CHIP, bits + (16 * limb + bit), END) << bit;
                carry = sum >> 16;
                forgery.set(CHIP, name + " carry", END, carry);
                forgery.set(CHIP, name, OUTPUT, sum & 0xffff);
                for (var bit = 0; bit < 16; bit++)
                    forgery.set(CHIP, bits + (16 * limb + bit), OUTPUT, (sum >> bit) & 1);
            }
        }
        return claimingTheOutput();
    }

    /// Makes the sums right that nobody uses any more.
    private Execution claimingTheOutput() {
        var changedSum = LIMBS.stream()
                .flatMap(limb ->
                        List.of("new a ", "new e ", "new word ").stream().map(sum -> sum + limb))
                .filter(sum -> forgery.get(CHIP, sum, OUTPUT) != HONEST.tables().getFirst()[column(sum)][OUTPUT])
                .toList();
        for (var row : List.of(END, OUTPUT))
            for (var sum : List.of("new a ", "new e ", "new word "))
                for (var limb : LIMBS) if (!changedSum.contains(sum + limb)) solve(sum + limb, row);
        var digest = new long[2 * STATE];
        for (var i = 0; i < digest.length; i++)
            digest[i] = forgery.get(CHIP, "chain " + i / 2 + " " + LIMBS.get(i % 2), OUTPUT);
        return forgery.claiming(digest);
    }

    private void solve(String sum, int row) {
        var residual = TraceCheck.value(forgery.claimingTheSame(), sum + " is the sum", row);
        forgery.set(CHIP, sum, row, (long) forgery.get(CHIP, sum, row) + residual);
    }

    private void change(String column, int row) {
        forgery.set(CHIP, column, row, forgery.get(CHIP, column, row) + 1L);
    }

    private void flip(String bits, int limb, int row) {
        var column = bits + 16 * limb;
        forgery.set(CHIP, column, row, 1 - forgery.get(CHIP, column, row));
    }

    private static int column(String name) {
        return HONEST.machine().chips().getFirst().column(name);
    }

    private static int limb(String name) {
        return LIMBS.indexOf(name);
    }
}
