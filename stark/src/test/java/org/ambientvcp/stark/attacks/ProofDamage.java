package org.ambientvcp.stark.attacks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ambientvcp.stark.field.BabyBear;

/// Damages proofs: in bytes, in words, in their order and their length, and with pieces of other proofs.
final class ProofDamage {
    /// Where heights, roots and bus sums are: most bytes of a proof are openings, and would be hit most.
    private static final int HEAD = 400;

    private static final int WORD = Integer.BYTES;

    private ProofDamage() {}

    static byte[] of(byte[] proof, byte[] donor, SplittableRandom random) {
        var damaged = proof.clone();
        for (var times = random.nextInt(1, 4); times > 0; times--) damaged = once(damaged, donor, random);
        return damaged;
    }

    private static byte[] once(byte[] proof, byte[] donor, SplittableRandom random) {
        if (proof.length < 4 * WORD) return proof;
        var at = position(proof.length, random);
        return switch (random.nextInt(10)) {
            case 0 -> flipped(proof, at, 1 << random.nextInt(8));
            case 1 -> with(proof, at, random.nextInt());
            case 2 -> with(proof, at, random.nextInt(BabyBear.P));
            case 3 -> with(proof, at, word(proof, at) + random.nextInt(-2, 3));
            case 4 -> swapped(proof, at, position(proof.length, random));
            case 5 -> Arrays.copyOf(proof, at);
            case 6 -> Arrays.copyOf(proof, proof.length + random.nextInt(1, 100));
            case 7 -> spliced(proof, donor, at, random);
            case 8 -> moved(proof, at, position(proof.length, random), random.nextInt(1, 65) * WORD);
            default -> with(proof, random.nextInt(11, 14) * WORD, random.nextInt(10, 22));
        };
    }

    /// The beginning of a word, a third of them in the head.
    private static int position(int length, SplittableRandom random) {
        var end = random.nextInt(3) == 0 ? Math.min(HEAD, length) : length;
        return random.nextInt(end / WORD) * WORD;
    }

    private static byte[] flipped(byte[] proof, int at, int bits) {
        var damaged = proof.clone();
        damaged[at] ^= (byte) bits;
        return damaged;
    }

    private static int word(byte[] proof, int at) {
        return ByteBuffer.wrap(proof).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    private static byte[] with(byte[] proof, int at, int word) {
        var damaged = proof.clone();
        if (at + WORD <= damaged.length)
            ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putInt(at, word);
        return damaged;
    }

    private static byte[] swapped(byte[] proof, int at, int other) {
        return with(with(proof, at, word(proof, other)), other, word(proof, at));
    }

    private static byte[] spliced(byte[] proof, byte[] donor, int at, SplittableRandom random) {
        var damaged = proof.clone();
        var most = Math.min(proof.length, donor.length) - at;
        if (most > 0) System.arraycopy(donor, at, damaged, at, random.nextInt(1, most / WORD + 1) * WORD);
        return damaged;
    }

    /// Takes a piece out and puts it in elsewhere.
    private static byte[] moved(byte[] proof, int from, int to, int length) {
        var piece = Arrays.copyOfRange(proof, from, Math.min(from + length, proof.length));
        var rest = new byte[proof.length - piece.length];
        System.arraycopy(proof, 0, rest, 0, from);
        System.arraycopy(proof, from + piece.length, rest, from, rest.length - from);
        var target = Math.min(to, rest.length);
        var damaged = new byte[proof.length];
        System.arraycopy(rest, 0, damaged, 0, target);
        System.arraycopy(piece, 0, damaged, target, piece.length);
        System.arraycopy(rest, target, damaged, target + piece.length, rest.length - target);
        return damaged;
    }
}
