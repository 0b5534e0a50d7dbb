package org.ambientvcp.wasm.tensor;

/// The inner loops in plain Java, for a JVM without the vector module. C2 makes vector code of the loops over long
/// rows:
/// all arrays of a loop are different ones and have the same index. Short rows have a loop of their own, because C2
/// keeps code scalar once it has seen few turns of a loop.
final class PlainKernels implements Kernels {
    private static final int LONG = 128;

    @Override
    public void multiply(float[][] left, float[][] right, float[][] result, int rows, int depth, int columns) {
        for (var i = 0; i < rows; i++)
            if (columns >= LONG) addToLong(result[i], left[i], right, depth, columns);
            else addToShort(result[i], left[i], right, depth, columns);
    }

    private static void addToLong(float[] sums, float[] factors, float[][] right, int depth, int columns) {
        var k = 0;
        for (; k + 4 <= depth; k += 4) {
            addFour(sums, factors, k, right[k], right[k + 1], right[k + 2], right[k + 3], columns);
        }
        for (; k < depth; k++) addOne(sums, factors[k], right[k], columns);
    }

    private static void addFour(
            float[] sums, float[] factors, int k, float[] r0, float[] r1, float[] r2, float[] r3, int columns) {
        var f0 = factors[k];
        var f1 = factors[k + 1];
        var f2 = factors[k + 2];
        var f3 = factors[k + 3];
        for (var j = 0; j < columns; j++) sums[j] = sums[j] + f0 * r0[j] + f1 * r1[j] + f2 * r2[j] + f3 * r3[j];
    }

    private static void addOne(float[] sums, float factor, float[] row, int columns) {
        for (var j = 0; j < columns; j++) sums[j] = sums[j] + factor * row[j];
    }

    private static void addToShort(float[] sums, float[] factors, float[][] right, int depth, int columns) {
        for (var j = 0; j < columns; j += 8) {
            var s0 = sums[j];
            var s1 = sums[j + 1];
            var s2 = sums[j + 2];
            var s3 = sums[j + 3];
            var s4 = sums[j + 4];
            var s5 = sums[j + 5];
            var s6 = sums[j + 6];
            var s7 = sums[j + 7];
            for (var k = 0; k < depth; k++) {
                var factor = factors[k];
                var row = right[k];
                s0 += factor * row[j];
                s1 += factor * row[j + 1];
                s2 += factor * row[j + 2];
                s3 += factor * row[j + 3];
                s4 += factor * row[j + 4];
                s5 += factor * row[j + 5];
                s6 += factor * row[j + 6];
                s7 += factor * row[j + 7];
            }
            sums[j] = s0;
            sums[j + 1] = s1;
            sums[j + 2] = s2;
            sums[j + 3] = s3;
            sums[j + 4] = s4;
            sums[j + 5] = s5;
            sums[j + 6] = s6;
            sums[j + 7] = s7;
        }
    }

    @Override
    public int rowsByDots() {
        return 2;
    }

    @Override
    public int dot(byte[] memory, int a, int b, int count) {
        var sum = 0;
        for (var i = 0; i < count; i++) sum += memory[a + i] * memory[b + i];
        return sum;
    }

    @Override
    public void canonicalize(float[] values, int count) {
        for (var i = 0; i < count; i++) if (Float.isNaN(values[i])) values[i] = Float.NaN;
    }
}
