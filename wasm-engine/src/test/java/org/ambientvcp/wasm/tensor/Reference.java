package org.ambientvcp.wasm.tensor;

import org.ambientvcp.wasm.machine.MemoryAccess;

/// The functions as their documentation defines them, loop by loop.
final class Reference {
    private final byte[] memory;
    private final int[] arguments;

    Reference(byte[] memory, int... arguments) {
        this.memory = memory;
        this.arguments = arguments;
    }

    void gemmF32() {
        int height = arguments[3];
        int width = arguments[4];
        int depth = arguments[5];
        for (var i = 0; i < height; i++)
            for (var j = 0; j < width; j++) {
                var at = arguments[2] + 4 * (i * width + j);
                var sum = adds(6) ? f32(at) : 0f;
                for (var k = 0; k < depth; k++)
                    sum = sum + f32(arguments[0] + 4 * (i * depth + k)) * f32(arguments[1] + 4 * right(k, j));
                set(at, sum);
            }
    }

    void gemmI8() {
        int height = arguments[3];
        int width = arguments[4];
        int depth = arguments[5];
        for (var i = 0; i < height; i++)
            for (var j = 0; j < width; j++) {
                var at = arguments[2] + 4 * (i * width + j);
                var sum = adds(6) ? i32(at) : 0;
                for (var k = 0; k < depth; k++)
                    sum += memory[arguments[0] + i * depth + k] * memory[arguments[1] + right(k, j)];
                MemoryAccess.INT.set(memory, at, sum);
            }
    }

    private int right(int k, int j) {
        return (arguments[6] & 2) == 0 ? k * arguments[4] + j : j * arguments[5] + k;
    }

    private boolean adds(int flags) {
        return (arguments[flags] & 1) != 0;
    }

    void conv2dF32() {
        forEachPlace((image, filter, y, x, at) -> {
            var sum = adds(14) ? f32(at) : 0f;
            for (var c = 0; c < arguments[4]; c++)
                for (var dy = 0; dy < arguments[8]; dy++)
                    for (var dx = 0; dx < arguments[9]; dx++) {
                        var from = pixel(image, c, y, dy, x, dx);
                        var pixel = from < 0 ? 0f : f32(arguments[0] + 4 * from);
                        sum = sum + f32(arguments[1] + 4 * weight(filter, c, dy, dx)) * pixel;
                    }
            set(at, sum);
        });
    }

    void conv2dI8() {
        forEachPlace((image, filter, y, x, at) -> {
            var sum = adds(14) ? i32(at) : 0;
            for (var c = 0; c < arguments[4]; c++)
                for (var dy = 0; dy < arguments[8]; dy++)
                    for (var dx = 0; dx < arguments[9]; dx++) {
                        var from = pixel(image, c, y, dy, x, dx);
                        var pixel = from < 0 ? 0 : memory[arguments[0] + from];
                        sum += memory[arguments[1] + weight(filter, c, dy, dx)] * pixel;
                    }
            MemoryAccess.INT.set(memory, at, sum);
        });
    }

    private interface Place {
        void compute(int image, int filter, int y, int x, int at);
    }

    /// Rows or columns of the output.
    static int places(int size, int kernel, int stride, int padding) {
        var padded = size + 2 * padding;
        return kernel > padded ? 0 : (padded - kernel) / stride + 1;
    }

    private void forEachPlace(Place place) {
        var rows = places(arguments[5], arguments[8], arguments[10], arguments[12]);
        var columns = places(arguments[6], arguments[9], arguments[11], arguments[13]);
        var at = arguments[2];
        for (var image = 0; image < arguments[3]; image++)
            for (var filter = 0; filter < arguments[7]; filter++)
                for (var y = 0; y < rows; y++)
                    for (var x = 0; x < columns; x++) {
                        place.compute(image, filter, y, x, at);
                        at += 4;
                    }
    }

    private int weight(int filter, int c, int dy, int dx) {
        return ((filter * arguments[4] + c) * arguments[8] + dy) * arguments[9] + dx;
    }

    /// Index of an element of the input, -1 in the padding.
    private int pixel(int image, int c, int y, int dy, int x, int dx) {
        var row = y * arguments[10] + dy - arguments[12];
        var column = x * arguments[11] + dx - arguments[13];
        if (row < 0 || row >= arguments[5] || column < 0 || column >= arguments[6]) return -1;
        return ((image * arguments[4] + c) * arguments[5] + row) * arguments[6] + column;
    }

    private float f32(int at) {
        return (float) MemoryAccess.FLOAT.get(memory, at);
    }

    private int i32(int at) {
        return (int) MemoryAccess.INT.get(memory, at);
    }

    private void set(int at, float value) {
        MemoryAccess.INT.set(memory, at, Float.isNaN(value) ? 0x7fc0_0000 : Float.floatToRawIntBits(value));
    }
}
