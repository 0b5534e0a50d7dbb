package org.ambientvcp.wasm.machine.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every function of SIMD instructions against plain code, on random halves and on those with remarkable lanes.
class SimdOpTest {
    private static final int ROUNDS = 20_000;
    /// Lanes, and bits of floats, at which something changes.
    private static final long[] REMARKABLE = {
        0,
        -1,
        1,
        0x7f7f_7f7f_7f7f_7f7fL,
        0x8080_8080_8080_8080L,
        0x7fff_7fff_8000_8000L,
        0x7fff_ffff_8000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0x7fc0_0000_ff80_0000L,
        0x7fa0_0001_7f80_0000L,
        0x4f00_0000_cf00_0000L,
        0x4f80_0000_3f00_0000L,
        0xbf00_0000_bfc0_0000L,
        0x0000_0001_8000_0001L,
        0x7ff8_0000_0000_0000L,
        0xfff4_0000_0000_0001L,
        0x7ff0_0000_0000_0000L,
        0x41e0_0000_0000_0000L,
        0xc1e0_0000_0020_0000L,
        0x41ef_ffff_ffff_ffffL,
        0x3fe0_0000_0000_0000L,
        0x36a0_0000_0000_0000L
    };

    @ParameterizedTest
    @EnumSource
    void givesWhatPlainCodeGives(SimdOp op) {
        var random = new Random(op.number());

        for (var round = 0; round < ROUNDS; round++) {
            var operands = operands(op, random);

            assertThat(apply(op, operands))
                    .as("%s of %s", op, Arrays.toString(operands))
                    .isEqualTo(reference(op, operands));
        }
    }

    @ParameterizedTest
    @EnumSource
    void compiledCodeCallsTheSameFunction(SimdOp op) throws ReflectiveOperationException {
        var types = Collections.nCopies(op.shape().operands(), long.class);
        var method = op.owner().getMethod(op.method(), types.toArray(Class<?>[]::new));

        assertThat(method.getReturnType()).isEqualTo(long.class);
        assertThat(Modifier.isStatic(method.getModifiers())).isTrue();
        var random = new Random(op.number());
        for (var round = 0; round < 100; round++) {
            var operands = operands(op, random);
            assertThat(call(method, operands)).isEqualTo(apply(op, operands));
        }
    }

    private static @Nullable Object call(Method method, long[] operands)
            throws IllegalAccessException, InvocationTargetException {
        return method.invoke(null, Arrays.stream(operands).boxed().toArray());
    }

    private static long apply(SimdOp op, long[] operands) {
        var slots = new long[operands.length + 1];
        System.arraycopy(operands, 0, slots, 1, operands.length);
        assertThat(op.apply(slots, slots.length)).isEqualTo(2);
        assertThat(slots[0]).isZero();
        return slots[1];
    }

    private static long[] operands(SimdOp op, Random random) {
        var operands = new long[op.shape().operands()];
        for (var i = 0; i < operands.length; i++) operands[i] = half(random);
        if (op.shape() == Shape.SHIFT) operands[1] = random.nextInt(256);
        if (op.shape() == Shape.REPLACE) operands[2] = random.nextInt(lanes(op));
        if (op.shape() == Shape.SWIZZLE && random.nextBoolean()) operands[2] &= 0x1f1f_1f1f_1f1f_1f1fL;
        return operands;
    }

    /// In a half.
    private static int lanes(SimdOp op) {
        return switch (op) {
            case I8X16_REPLACE_LANE -> 8;
            case I16X8_REPLACE_LANE -> 4;
            default -> 2;
        };
    }

    private static long half(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> REMARKABLE[random.nextInt(REMARKABLE.length)];
            case 1 -> random.nextLong() & REMARKABLE[random.nextInt(REMARKABLE.length)];
            case 2 -> Double.doubleToRawLongBits(random.nextGaussian() * Math.pow(2, random.nextInt(70) - 35));
            default -> random.nextLong();
        };
    }

    private static @Nullable Long reference(SimdOp op, long[] operands) {
        var across = ShapeReference.result(op, operands);
        if (across != null) return across;
        var floats = FloatReference.result(op, operands);
        if (floats != null) return floats;
        return switch (op) {
            case V128_NOT -> -1 - operands[0];
            case V128_ANDNOT -> operands[0] - (operands[0] & operands[1]);
            case V128_BITSELECT ->
                Lanes.half(
                        1, index -> (operands[2] >>> index & 1) == 1 ? operands[0] >>> index : operands[1] >>> index);
            default -> integers(op).result(operands);
        };
    }

    private static IntegerReference integers(SimdOp op) {
        var x = op.name().indexOf('X');
        return new IntegerReference(
                Integer.parseInt(op.name().substring(1, x)),
                op.name().substring(op.name().indexOf('_') + 1));
    }
}
