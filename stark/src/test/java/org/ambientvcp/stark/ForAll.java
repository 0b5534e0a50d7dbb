package org.ambientvcp.stark;

import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Property tests: a check that has to hold for many generated cases. The seed of the case that fails is in the
/// message.
public final class ForAll {
    private ForAll() {}

    public static <T> void forAll(int cases, Function<RandomGenerator, T> generate, Consumer<T> check) {
        for (long seed = 1; seed <= cases; seed++) {
            var value = generate.apply(new Random(seed * 0x9E3779B97F4A7C15L));
            try {
                check.accept(value);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed + ", case " + value, failure);
            }
        }
    }
}
