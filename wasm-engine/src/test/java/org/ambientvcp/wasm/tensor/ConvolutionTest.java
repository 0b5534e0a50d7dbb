package org.ambientvcp.wasm.tensor;

import static org.ambientvcp.wasm.tensor.ForAll.forAll;
import static org.ambientvcp.wasm.tensor.Reference.places;

import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ConvolutionTest {
    private static final class Images {
        private final byte[] memory;
        private final int[] arguments;

        Images(byte[] memory, int... arguments) {
            this.memory = memory;
            this.arguments = arguments;
        }

        @Override
        public String toString() {
            return Arrays.toString(arguments) + " in " + memory.length;
        }
    }

    @Test
    void floatConvolutionsAreThoseOfTheLoops() {
        forAll(2_500, random -> images(random, 4, false), ConvolutionTest::checkF32);
    }

    @Test
    void largeFloatConvolutionsAreThoseOfTheLoops() {
        forAll(60, random -> images(random, 4, true), ConvolutionTest::checkF32);
    }

    @Test
    void byteConvolutionsAreThoseOfTheLoops() {
        forAll(2_500, random -> images(random, 1, false), ConvolutionTest::checkI8);
    }

    @Test
    void largeByteConvolutionsAreThoseOfTheLoops() {
        forAll(60, random -> images(random, 1, true), ConvolutionTest::checkI8);
    }

    /// Padding is a zero that is multiplied: NaN in a weight is seen even where it lies on padding only.
    @Test
    void paddingIsMultiplied() {
        var memory = new byte[12];
        Arrays.fill(memory, 0, 4, (byte) 0xff);

        checkF32(new Images(memory, 0, 0, 8, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0));
        checkF32(new Images(new byte[100], 96, 0, 4, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0));
    }

    @Test
    void strideAndPaddingMayBeLarge() {
        var memory = Numbers.ORDINARY.memory(200, 0, new Random(1));

        checkF32(new Images(memory, 0, 36, 100, 1, 1, 3, 3, 1, 1, 1, 65_535, 65_535, 65_535, 65_535, 0));
        checkF32(new Images(memory, 0, 36, 100, 1, 1, 3, 3, 1, 2, 2, 65_535, 3, 65_534, 2, 0));
        checkI8(new Images(memory, 0, 36, 100, 1, 1, 3, 3, 1, 2, 1, 65_534, 65_535, 65_535, 65_534, 0));
    }

    private static Images images(RandomGenerator random, int operandBytes, boolean isLarge) {
        var count = random.nextInt(isLarge ? 1 : 0, 3);
        var channels = isLarge ? random.nextInt(1, 40) : random.nextInt(5);
        var filters = isLarge ? random.nextInt(1, 140) : random.nextInt(7);
        var size = new int[2];
        var kernel = new int[2];
        var stride = new int[2];
        var padding = new int[2];
        for (var i = 0; i < 2; i++) {
            size[i] = isLarge ? random.nextInt(10, 28) : random.nextInt(12);
            kernel[i] = random.nextInt(isLarge ? 1 : 0, isLarge ? 4 : 6);
            stride[i] = random.nextInt(1, 4);
            padding[i] = random.nextInt(4) == 0 ? random.nextInt(9) : random.nextInt(3);
        }
        var rows = places(size[0], kernel[0], stride[0], padding[0]);
        var columns = places(size[1], kernel[1], stride[1], padding[1]);
        var misalignment = random.nextInt(4);
        var weights = misalignment + count * channels * size[0] * size[1] * operandBytes;
        var output = weights + filters * channels * kernel[0] * kernel[1] * operandBytes;
        var end = output + count * filters * rows * columns * 4;
        return new Images(
                Numbers.any(random).memory(end + random.nextInt(5), misalignment, random),
                misalignment,
                weights,
                output,
                count,
                channels,
                size[0],
                size[1],
                filters,
                kernel[0],
                kernel[1],
                stride[0],
                stride[1],
                padding[0],
                padding[1],
                random.nextInt(2));
    }

    private static void checkF32(Images images) {
        var expected = images.memory.clone();
        new Reference(expected, images.arguments).conv2dF32();
        Calls.check("conv2d_f32", images.memory, expected, images.arguments);
    }

    private static void checkI8(Images images) {
        var expected = images.memory.clone();
        new Reference(expected, images.arguments).conv2dI8();
        Calls.check("conv2d_i8", images.memory, expected, images.arguments);
    }
}
