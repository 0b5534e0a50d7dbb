package org.ambientvcp.wasm.tensor;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops with the Vector API. A lane is a column of the result: the order of the sums is that of the scalar
/// loop whatever the number of lanes, and products are rounded before they are added (no FMA).
///
/// A tile of 4 rows and 3 vectors stays in registers over the whole depth: 12 sums, 3 vectors of `right` and one
/// factor are what 16 registers hold.
final class VectorKernels implements Kernels {
    private static final VectorSpecies<Float> F32 =
            FloatVector.SPECIES_PREFERRED.length() <= COLUMNS ? FloatVector.SPECIES_PREFERRED : FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> I32 = F32.withLanes(int.class);
    private static final int LANES = F32.length();
    /// There is no vector of less than 64 bits.
    private static final VectorSpecies<Byte> I8 =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, LANES * Byte.SIZE)));

    @Override
    public void multiply(float[][] left, float[][] right, float[][] result, int rows, int depth, int columns) {
        var j = 0;
        for (; j + 3 * LANES <= columns; j += 3 * LANES)
            for (var i = 0; i < rows; i += ROWS) multiplyWide(left, right, result, i, j, depth);
        for (; j < columns; j += LANES)
            for (var i = 0; i < rows; i += ROWS) multiplyNarrow(left, right, result, i, j, depth);
    }

    private static void multiplyWide(float[][] left, float[][] right, float[][] result, int i, int j, int depth) {
        var l0 = left[i];
        var l1 = left[i + 1];
        var l2 = left[i + 2];
        var l3 = left[i + 3];
        var s00 = FloatVector.fromArray(F32, result[i], j);
        var s01 = FloatVector.fromArray(F32, result[i], j + LANES);
        var s02 = FloatVector.fromArray(F32, result[i], j + 2 * LANES);
        var s10 = FloatVector.fromArray(F32, result[i + 1], j);
        var s11 = FloatVector.fromArray(F32, result[i + 1], j + LANES);
        var s12 = FloatVector.fromArray(F32, result[i + 1], j + 2 * LANES);
        var s20 = FloatVector.fromArray(F32, result[i + 2], j);
        var s21 = FloatVector.fromArray(F32, result[i + 2], j + LANES);
        var s22 = FloatVector.fromArray(F32, result[i + 2], j + 2 * LANES);
        var s30 = FloatVector.fromArray(F32, result[i + 3], j);
        var s31 = FloatVector.fromArray(F32, result[i + 3], j + LANES);
        var s32 = FloatVector.fromArray(F32, result[i + 3], j + 2 * LANES);
        for (var k = 0; k < depth; k++) {
            var row = right[k];
            var r0 = FloatVector.fromArray(F32, row, j);
            var r1 = FloatVector.fromArray(F32, row, j + LANES);
            var r2 = FloatVector.fromArray(F32, row, j + 2 * LANES);
            var factor = FloatVector.broadcast(F32, l0[k]);
            s00 = s00.add(factor.mul(r0));
            s01 = s01.add(factor.mul(r1));
            s02 = s02.add(factor.mul(r2));
            factor = FloatVector.broadcast(F32, l1[k]);
            s10 = s10.add(factor.mul(r0));
            s11 = s11.add(factor.mul(r1));
            s12 = s12.add(factor.mul(r2));
            factor = FloatVector.broadcast(F32, l2[k]);
            s20 = s20.add(factor.mul(r0));
            s21 = s21.add(factor.mul(r1));
            s22 = s22.add(factor.mul(r2));
            factor = FloatVector.broadcast(F32, l3[k]);
            s30 = s30.add(factor.mul(r0));
            s31 = s31.add(factor.mul(r1));
            s32 = s32.add(factor.mul(r2));
        }
        s00.intoArray(result[i], j);
        s01.intoArray(result[i], j + LANES);
        s02.intoArray(result[i], j + 2 * LANES);
        s10.intoArray(result[i + 1], j);
        s11.intoArray(result[i + 1], j + LANES);
        s12.intoArray(result[i + 1], j + 2 * LANES);
        s20.intoArray(result[i + 2], j);
        s21.intoArray(result[i + 2], j + LANES);
        s22.intoArray(result[i + 2], j + 2 * LANES);
        s30.intoArray(result[i + 3], j);
        s31.intoArray(result[i + 3], j + LANES);
        s32.intoArray(result[i + 3], j + 2 * LANES);
    }

    private static void multiplyNarrow(float[][] left, float[][] right, float[][] result, int i, int j, int depth) {
        var l0 = left[i];
        var l1 = left[i + 1];
        var l2 = left[i + 2];
        var l3 = left[i + 3];
        var s0 = FloatVector.fromArray(F32, result[i], j);
        var s1 = FloatVector.fromArray(F32, result[i + 1], j);
        var s2 = FloatVector.fromArray(F32, result[i + 2], j);
        var s3 = FloatVector.fromArray(F32, result[i + 3], j);
        for (var k = 0; k < depth; k++) {
            var r = FloatVector.fromArray(F32, right[k], j);
            s0 = s0.add(r.mul(l0[k]));
            s1 = s1.add(r.mul(l1[k]));
            s2 = s2.add(r.mul(l2[k]));
            s3 = s3.add(r.mul(l3[k]));
        }
        s0.intoArray(result[i], j);
        s1.intoArray(result[i + 1], j);
        s2.intoArray(result[i + 2], j);
        s3.intoArray(result[i + 3], j);
    }

    @Override
    public int rowsByDots() {
        return 16;
    }

    @Override
    public int dot(byte[] memory, int a, int b, int count) {
        var sums = IntVector.zero(I32);
        var i = 0;
        for (; i <= count - I8.length(); i += I8.length()) {
            var x = ByteVector.fromArray(I8, memory, a + i);
            var y = ByteVector.fromArray(I8, memory, b + i);
            for (var part = 0; part < I8.length() / LANES; part++)
                sums = sums.add(widen(x, part).mul(widen(y, part)));
        }
        var sum = sums.reduceLanes(VectorOperators.ADD);
        for (; i < count; i++) sum += memory[a + i] * memory[b + i];
        return sum;
    }

    private static IntVector widen(ByteVector bytes, int part) {
        return (IntVector) bytes.convertShape(VectorOperators.B2I, I32, part);
    }

    @Override
    public void canonicalize(float[] values, int count) {
        var i = 0;
        for (; i <= count - LANES; i += LANES) {
            var vector = FloatVector.fromArray(F32, values, i);
            vector.blend(Float.NaN, vector.test(VectorOperators.IS_NAN)).intoArray(values, i);
        }
        for (; i < count; i++) if (Float.isNaN(values[i])) values[i] = Float.NaN;
    }
}
