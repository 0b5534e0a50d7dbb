package org.ambientvcp.wasm.tensor;

import java.util.Arrays;
import java.util.function.LongConsumer;

/// `conv2d_f32` and `conv2d_i8`: for every image the product of the weights, a matrix with a row for each filter, and
/// the image's patches, a matrix with a column for each place in the output.
final class Convolution {
    private static final int MOST_STEP = 0xffff;
    private static final int FLAGS = 14;

    private Convolution() {}

    static void runF32(Kernels kernels, byte[] memory, Arguments arguments, LongConsumer charge) {
        run(kernels, new FloatCells(kernels, memory, adds(arguments)), memory, arguments, charge);
    }

    static void runI8(Kernels kernels, byte[] memory, Arguments arguments, LongConsumer charge) {
        run(kernels, new ByteCells(memory, adds(arguments)), memory, arguments, charge);
    }

    private static boolean adds(Arguments arguments) {
        return arguments.at(FLAGS, 0, MatrixProduct.ADDS) != 0;
    }

    private static void run(Kernels kernels, Cells cells, byte[] memory, Arguments arguments, LongConsumer charge) {
        var images = arguments.at(3);
        var channels = arguments.at(4);
        var filters = arguments.at(7);
        var vertical = axis(arguments, 0);
        var horizontal = axis(arguments, 1);
        var bytes = cells.operandBytes();
        var input = Region.of(memory, arguments.at(0), bytes, images, channels, vertical.size, horizontal.size);
        var weights = Region.of(memory, arguments.at(1), bytes, filters, channels, vertical.kernel, horizontal.kernel);
        var output = Region.of(
                memory, arguments.at(2), Integer.BYTES, images, filters, vertical.places(), horizontal.places());
        output.requireApartFrom(input);
        output.requireApartFrom(weights);
        if (output.bytes() == 0) {
            charge.accept(TensorGas.CALL);
            return;
        }
        var places = (int) (vertical.places() * horizontal.places());
        var depth = weights.bytes() / bytes / (int) filters;
        charge.accept(TensorGas.convolution(images, filters, depth, vertical.places(), places));

        var product = new Product(kernels, cells, (int) filters, depth, places);
        var left = new Operand.RowMajor(weights.address(), depth);
        for (var image = 0; image < (int) images; image++) {
            var from = input.address() + image * (input.bytes() / (int) images);
            var to = output.address() + image * (output.bytes() / (int) images);
            product.run(left, new Patches(from, vertical, horizontal), to, charge);
        }
    }

    private static Axis axis(Arguments arguments, int index) {
        return new Axis(
                arguments.at(5 + index),
                arguments.at(8 + index),
                arguments.at(10 + index, 1, MOST_STEP),
                arguments.at(12 + index, 0, MOST_STEP));
    }

    /// One axis of the images.
    ///
    /// @param size of an image, 0 to 2^32 - 1
    /// @param kernel size of a filter, 0 to 2^32 - 1
    /// @param stride from place to place
    /// @param padding zeros before and after the image
    record Axis(long size, long kernel, int stride, int padding) {
        /// Size of the output.
        long places() {
            var room = size + 2L * padding - kernel;
            return room < 0 ? 0 : room / stride + 1;
        }

        /// Where the image is read at a place of the output; may be in the padding.
        long position(int place, int offset) {
            return (long) place * stride - padding + offset;
        }
    }

    /// Row `(channel, y, x)` of the filters' elements, column `(place y, place x)`.
    private record Patches(int address, Axis vertical, Axis horizontal) implements Operand {
        @Override
        public void read(Cells cells, int row, int rows, int column, int columns, float[][] target) {
            var places = (int) horizontal.places();
            for (var i = 0; i < rows; i++) {
                var line = (row + i) / (int) horizontal.kernel;
                var x = (row + i) % (int) horizontal.kernel;
                var channel = line / (int) vertical.kernel;
                var y = line % (int) vertical.kernel;
                for (var j = 0; j < columns; ) {
                    var placeX = (column + j) % places;
                    var count = Math.min(places - placeX, columns - j);
                    var imageY = vertical.position((column + j) / places, y);
                    if (imageY < 0 || imageY >= vertical.size) Arrays.fill(target[i], j, j + count, 0);
                    else readLine(cells, channel * vertical.size + imageY, placeX, x, target[i], j, count);
                    j += count;
                }
            }
        }

        private void readLine(Cells cells, long line, int placeX, int x, float[] target, int at, int count) {
            var first = horizontal.position(placeX, x);
            var begin = Math.clamp(stepsTo(-first), 0, count);
            var end = Math.clamp(stepsTo(horizontal.size - first), begin, count);
            Arrays.fill(target, at, at + begin, 0);
            if (begin < end) {
                var element = (int) (line * horizontal.size + first) + begin * horizontal.stride;
                cells.readOperand(
                        address + element * cells.operandBytes(), horizontal.stride, target, at + begin, end - begin);
            }
            Arrays.fill(target, at + end, at + count, 0);
        }

        /// How many steps it takes to get a distance ahead, at least.
        private long stepsTo(long distance) {
            return Math.ceilDiv(distance, horizontal.stride);
        }
    }
}
