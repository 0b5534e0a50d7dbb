package org.ambientvcp.wasm.tensor;

import java.util.random.RandomGenerator;
import org.ambientvcp.wasm.machine.MemoryAccess;

/// Random contents of memories.
enum Numbers {
    /// Sums stay finite, and depend on the order in which they are made.
    ORDINARY {
        @Override
        float next(RandomGenerator random) {
            return (float) random.nextGaussian() * (1 << random.nextInt(12));
        }
    },
    /// Sums are denormal, or zero of either sign.
    TINY {
        @Override
        float next(RandomGenerator random) {
            var value = switch (random.nextInt(4)) {
                case 0 -> 0f;
                case 1 -> Float.MIN_VALUE * random.nextInt(1 << 20);
                case 2 -> (float) random.nextDouble() * 0x1p-64f;
                default -> (float) random.nextDouble() * 0x1p-74f;
            };
            return random.nextBoolean() ? value : -value;
        }
    },
    /// Mostly ordinary, so that infinity and NaN do not end up everywhere.
    SPRINKLED {
        @Override
        float next(RandomGenerator random) {
            return random.nextInt(40) == 0 ? ANY.next(random) : ORDINARY.next(random);
        }
    },
    /// All bits, among them every kind of NaN.
    ANY {
        @Override
        float next(RandomGenerator random) {
            return switch (random.nextInt(8)) {
                case 0 -> Float.intBitsToFloat(0x7f80_0000 | random.nextInt());
                case 1 -> random.nextBoolean() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
                case 2 -> random.nextBoolean() ? 0f : -0f;
                case 3 -> random.nextBoolean() ? Float.MAX_VALUE : -Float.MAX_VALUE;
                default -> Float.intBitsToFloat(random.nextInt());
            };
        }
    };

    abstract float next(RandomGenerator random);

    /// A memory with floats at every address that is so far off alignment.
    byte[] memory(int length, int misalignment, RandomGenerator random) {
        var memory = new byte[length];
        random.nextBytes(memory);
        for (var i = misalignment; i + Float.BYTES <= length; i += Float.BYTES)
            MemoryAccess.FLOAT.set(memory, i, next(random));
        return memory;
    }

    static Numbers any(RandomGenerator random) {
        return values()[random.nextInt(values().length)];
    }
}
