package org.ambientvcp.stark.field;

import static org.ambientvcp.stark.ForAll.forAll;
import static org.ambientvcp.stark.field.BabyBear.P;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BabyBearTest {
    private static final BigInteger ORDER = BigInteger.valueOf(P);
    private static final int[] EDGES = {0, 1, 2, 3, P / 2, P / 2 + 1, P - 2, P - 1, 1 << 27, (1 << 30) + 1};

    private record Pair(int a, int b) {
        BigInteger bigA() {
            return BigInteger.valueOf(a);
        }

        BigInteger bigB() {
            return BigInteger.valueOf(b);
        }
    }

    /// Every pair of edges, then chance.
    private static Pair pair(RandomGenerator random) {
        return new Pair(operand(random), operand(random));
    }

    private static int operand(RandomGenerator random) {
        return random.nextInt(3) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextInt(P);
    }

    private static int in(int canonical) {
        return BabyBear.fromCanonical(canonical);
    }

    private static void assertSame(int actual, BigInteger expected) {
        assertThat(actual).isBetween(0, P - 1);
        assertThat(BabyBear.toCanonical(actual)).isEqualTo(expected.mod(ORDER).intValueExact());
    }

    @Test
    void orderIsThePrimeOfTheName() {
        assertThat(P).isEqualTo((1 << 31) - (1 << 27) + 1);
        assertThat(ORDER.isProbablePrime(100)).isTrue();
        assertThat((P - 1) % (1 << BabyBear.TWO_ADICITY)).isZero();
    }

    @Test
    void arithmeticIsThatOfIntegersModuloP() {
        forAll(20_000, BabyBearTest::pair, pair -> {
            var a = in(pair.a);
            var b = in(pair.b);

            assertSame(a, pair.bigA());
            assertSame(BabyBear.add(a, b), pair.bigA().add(pair.bigB()));
            assertSame(BabyBear.sub(a, b), pair.bigA().subtract(pair.bigB()));
            assertSame(BabyBear.neg(a), pair.bigA().negate());
            assertSame(BabyBear.mul(a, b), pair.bigA().multiply(pair.bigB()));
        });
    }

    @Test
    void everyPairOfEdgesIsRight() {
        for (var a : EDGES)
            for (var b : EDGES) {
                var pair = new Pair(a, b);
                assertSame(BabyBear.add(in(a), in(b)), pair.bigA().add(pair.bigB()));
                assertSame(BabyBear.sub(in(a), in(b)), pair.bigA().subtract(pair.bigB()));
                assertSame(BabyBear.mul(in(a), in(b)), pair.bigA().multiply(pair.bigB()));
            }
    }

    @Test
    void powersAndInversesAreThoseOfIntegersModuloP() {
        forAll(2_000, BabyBearTest::pair, pair -> {
            assertSame(BabyBear.pow(in(pair.a), pair.b), pair.bigA().modPow(pair.bigB(), ORDER));
            if (pair.a != 0)
                assertSame(BabyBear.inverse(in(pair.a)), pair.bigA().modInverse(ORDER));
        });
        assertThatThrownBy(() -> BabyBear.inverse(0)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> BabyBear.pow(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyLongStandsForAnElement() {
        forAll(
                2_000,
                RandomGenerator::nextLong,
                integer -> assertSame(BabyBear.of(integer), BigInteger.valueOf(integer)));
    }

    @Test
    void canonicalFormsAreBelowP() {
        assertThat(BabyBear.isCanonical(0)).isTrue();
        assertThat(BabyBear.isCanonical(P - 1)).isTrue();
        assertThat(BabyBear.isCanonical(P)).isFalse();
        assertThat(BabyBear.isCanonical(-1)).isFalse();
        assertThat(BabyBear.isCanonical(Integer.MIN_VALUE)).isFalse();
    }

    @Test
    void constantsHoldWhatTheyAreNamedFor() {
        assertThat(BabyBear.toCanonical(BabyBear.ONE)).isEqualTo(1);
        assertThat(BabyBear.add(BabyBear.MINUS_ONE, BabyBear.ONE)).isZero();
        assertThat(BabyBear.add(BabyBear.HALF, BabyBear.HALF)).isEqualTo(BabyBear.ONE);
        for (var prime : new int[] {2, 3, 5})
            assertThat(BabyBear.pow(BabyBear.GENERATOR, (P - 1) / prime)).isNotEqualTo(BabyBear.ONE);
    }

    @Test
    void rootsOfUnityHaveTheirOrder() {
        assertThat(BabyBear.rootOfUnity(0)).isEqualTo(BabyBear.ONE);
        assertThat(BabyBear.rootOfUnity(1)).isEqualTo(BabyBear.MINUS_ONE);
        for (var log = 1; log <= BabyBear.TWO_ADICITY; log++) {
            var root = BabyBear.rootOfUnity(log);
            assertThat(BabyBear.mul(root, root)).isEqualTo(BabyBear.rootOfUnity(log - 1));
            assertThat(BabyBear.pow(root, 1L << (log - 1))).isEqualTo(BabyBear.MINUS_ONE);
        }
    }

    @Test
    void shiftsFoldOntoEachOtherAndLeaveEveryGroupOfAPowerOfTwo() {
        for (var log = 0; log <= BabyBear.TWO_ADICITY; log++) {
            var shift = BabyBear.cosetShift(log);
            if (log > 0) assertThat(BabyBear.mul(shift, shift)).isEqualTo(BabyBear.cosetShift(log - 1));
            assertThat(BabyBear.pow(shift, 1L << BabyBear.TWO_ADICITY)).isNotEqualTo(BabyBear.ONE);
            assertThat(shift).isEqualTo(BabyBear.pow(BabyBear.GENERATOR, 1L << (27 - log)));
        }
    }
}
