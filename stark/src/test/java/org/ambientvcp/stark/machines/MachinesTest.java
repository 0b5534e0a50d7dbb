package org.ambientvcp.stark.machines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ambientvcp.stark.air.MachineReport;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.proof.Words;
import org.junit.jupiter.api.Test;

/// What the machines compute, against other ways to compute it.
class MachinesTest {
    @Test
    void fibonacciIsThatOfBigIntegers() {
        BigInteger a = BigInteger.valueOf(3), b = BigInteger.valueOf(4);
        for (var i = 1; i < 1 << 12; i++) {
            var sum = a.add(b);
            a = b;
            b = sum;
        }

        assertThat(Fibonacci.run(3, 4, 12).publicValues())
                .isEqualTo(Words.of(3, 4, b.mod(BigInteger.valueOf(BabyBear.P)).intValue()));
    }

    @Test
    void theAdderAddsAsJavaDoes() {
        var numbers = new Random(1).ints(4_000).toArray();
        var sum = IntStream.of(numbers).sum();

        assertThat(Adder.run(16, 12, numbers).publicValues()).isEqualTo(Words.of(4_000, sum & 0xffff, sum >>> 16));
    }

    @Test
    void theWalkTurnsAListAround() {
        var links = new int[] {3, 0, 4, 2, 4};
        var forth = Ram.run(12, 12, links, 1, true, true, true, true);

        // 1 → 0 → 3 → 2 → 4, and back.
        assertThat(forth.publicValues()).isEqualTo(Words.of(0, 1, 2, 4, 4));
        var memory = forth.tables().get(1);
        assertThat(IntStream.range(0, 5).map(cell -> memory[Ram.FINAL_VALUE][cell]))
                .containsExactly(1, 0, 3, 0, 4);
        assertThat(IntStream.range(0, 5).map(cell -> memory[Ram.FINAL_TIME][cell]))
                .containsExactly(2, 1, 4, 3, 0);
    }

    @Test
    void moreStepsThanRowsDoNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> Adder.run(12, 12, new int[1 << 12]));
        assertThatIllegalArgumentException().isThrownBy(() -> Ram.run(12, 12, new int[1], 0, new boolean[1 << 12]));
    }

    @Test
    void theDigestIsThatOfTheJdk() throws NoSuchAlgorithmException {
        var length = 64 * Sha256.blocks(12) - 9;
        var message = new byte[length];
        new Random(2).nextBytes(message);
        var padded = ByteBuffer.allocate(64 * Sha256.blocks(12));
        padded.put(message).put((byte) 0x80).putLong(8L * length).flip();
        var words = new int[padded.limit() / 4];
        padded.asIntBuffer().get(words);

        var limbs = Sha256.run(12, words).publicValues();

        var digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(message))
                .order(ByteOrder.BIG_ENDIAN)
                .asIntBuffer();
        for (var i = 0; i < 8; i++)
            assertThat(limbs.get(2 * i) | (limbs.get(2 * i + 1) << 16)).isEqualTo(digest.get(i));
    }

    @Test
    void everyMachineIsOfDegreeThreeAtMost() {
        for (var machine : List.of(Fibonacci.machine(), Adder.machine(16), Ram.machine(13), Sha256.machine(12)))
            assertThat(MachineReport.of(machine).chips())
                    .allSatisfy(chip -> assertThat(chip.degree()).isBetween(1, 3));
    }
}
