package org.ambientvcp.wasm.tensor;

import static org.ambientvcp.wasm.tensor.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MatrixProductTest {
    private static final int[] BLOCK_BORDERS = {4, 16, 48, 128, 256, 480};
    private static final int MOST_MULTIPLICATIONS = 1 << 20;

    private static final class Product {
        private final byte[] memory;
        private final int[] arguments;

        Product(byte[] memory, int... arguments) {
            this.memory = memory;
            this.arguments = arguments;
        }

        @Override
        public String toString() {
            return List.of(arguments[3], arguments[4], arguments[5], arguments[6]) + " in " + memory.length;
        }
    }

    @Test
    void thisJvmHasTheVectorModule() {
        assertThat(Kernels.FASTEST).isInstanceOf(VectorKernels.class);
    }

    @Test
    void floatProductsAreThoseOfTheTripleLoop() {
        forAll(4_000, random -> product(random, 4, MatrixProductTest::small), MatrixProductTest::checkF32);
    }

    @Test
    void floatProductsAreThoseOfTheTripleLoopAroundTheBordersOfBlocks() {
        forAll(150, random -> product(random, 4, MatrixProductTest::atBorder), MatrixProductTest::checkF32);
    }

    @Test
    void byteProductsAreThoseOfTheTripleLoop() {
        forAll(4_000, random -> product(random, 1, MatrixProductTest::small), MatrixProductTest::checkI8);
    }

    @Test
    void byteProductsAreThoseOfTheTripleLoopAroundTheBordersOfBlocks() {
        forAll(150, random -> product(random, 1, MatrixProductTest::atBorder), MatrixProductTest::checkI8);
    }

    /// The largest sums there are: all products are 2^14, so blocks of terms come to 2^22 and all of them to more
    /// than floats hold, or i32.
    @Test
    void byteProductsAreExactAndWrap() {
        for (var depth : new int[] {255, 256, 257, 131_072, 200_001}) {
            var memory = new byte[5 * depth + 64];
            Arrays.fill(memory, 0, 5 * depth, (byte) -128);
            checkI8(new Product(memory, 0, 2 * depth, 5 * depth + 1, 2, 3, depth, 0));
            checkI8(new Product(memory, 0, 2 * depth, 5 * depth + 1, 2, 3, depth, MatrixProduct.RIGHT_BY_COLUMNS));
        }
    }

    @Test
    void dotProductsAreThoseOfTheLoop() {
        forAll(
                3_000,
                random -> {
                    var count = random.nextInt(300);
                    return new Product(
                            Numbers.ANY.memory(700, 0, random), random.nextInt(400), random.nextInt(400), count, 0);
                },
                dot -> {
                    var expected = 0L;
                    for (var i = 0; i < dot.arguments[2]; i++)
                        expected += dot.memory[dot.arguments[0] + i] * dot.memory[dot.arguments[1] + i];
                    for (var kernels : Calls.KERNELS)
                        assertThat(Calls.call(kernels, "dot_i8", dot.memory, dot.arguments))
                                .containsExactly(expected);
                });
    }

    private interface Extents {
        /// Height, width and depth.
        int[] next(RandomGenerator random);
    }

    private static int[] small(RandomGenerator random) {
        var most = random.nextInt(4) == 0 ? 3 : random.nextInt(4) == 0 ? 150 : 40;
        return new int[] {random.nextInt(most + 1), random.nextInt(most + 1), random.nextInt(most + 1)};
    }

    private static int[] atBorder(RandomGenerator random) {
        while (true) {
            var extents = new int[3];
            for (var i = 0; i < extents.length; i++)
                extents[i] = BLOCK_BORDERS[random.nextInt(BLOCK_BORDERS.length)] * (1 + random.nextInt(2))
                        + random.nextInt(-1, 2);
            if ((long) extents[0] * extents[1] * extents[2] <= MOST_MULTIPLICATIONS) return extents;
        }
    }

    /// The result lies before, between or behind the factors, at any alignment.
    private static Product product(RandomGenerator random, int operandBytes, Extents extents) {
        var size = extents.next(random);
        var bytes =
                new int[] {size[0] * size[2] * operandBytes, size[2] * size[1] * operandBytes, size[0] * size[1] * 4};
        var misalignment = random.nextInt(4);
        var addresses = new int[3];
        var end = misalignment;
        var first = random.nextInt(3);
        for (var i = 0; i < 3; i++) {
            var region = (first + i) % 3;
            addresses[region] = end;
            end += bytes[region] + (operandBytes == 4 ? 4 * random.nextInt(3) : random.nextInt(9));
        }
        return new Product(
                Numbers.any(random).memory(end + random.nextInt(5), misalignment, random),
                addresses[0],
                addresses[1],
                addresses[2],
                size[0],
                size[1],
                size[2],
                random.nextInt(4));
    }

    private static void checkF32(Product product) {
        var expected = product.memory.clone();
        new Reference(expected, product.arguments).gemmF32();
        Calls.check("gemm_f32", product.memory, expected, product.arguments);
    }

    private static void checkI8(Product product) {
        var expected = product.memory.clone();
        new Reference(expected, product.arguments).gemmI8();
        Calls.check("gemm_i8", product.memory, expected, product.arguments);
    }
}
