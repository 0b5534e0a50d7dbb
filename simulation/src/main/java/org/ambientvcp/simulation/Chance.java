package org.ambientvcp.simulation;

import java.util.List;
import java.util.SplittableRandom;

/// Randomness out of a seed, the same on every machine. One thread.
public final class Chance {
    private final SplittableRandom random;

    public Chance(long seed) {
        this(new SplittableRandom(seed));
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /// Randomness of somebody else's own: what one does with it changes nothing for the others.
    public Chance split() {
        return new Chance(random.split());
    }

    /// 0 to bound − 1.
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /// Both ends included.
    public long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    /// True once in so many times on average; never if `times` is 0.
    public boolean oneIn(int times) {
        return times > 0 && random.nextInt(times) == 0;
    }

    /// True with a chance in percent.
    public boolean percent(int percent) {
        return random.nextInt(100) < percent;
    }

    public <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    public byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
