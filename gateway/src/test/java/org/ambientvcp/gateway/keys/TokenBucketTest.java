package org.ambientvcp.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void letsThroughABurstAndThenTheRate() {
        var bucket = new TokenBucket(10, 0);

        for (var i = 0; i < 10; i++) assertThat(bucket.take(0)).isZero();

        assertThat(bucket.take(0)).isEqualTo(SECOND / 10);
        assertThat(bucket.take(SECOND / 10 - 1)).isEqualTo(1);
        assertThat(bucket.take(SECOND / 10)).isZero();
        assertThat(bucket.take(SECOND / 10)).isEqualTo(SECOND / 10);
    }

    @Test
    void aLongPauseGivesNoMoreThanABurst() {
        var bucket = new TokenBucket(3, 0);

        for (var i = 0; i < 3; i++) assertThat(bucket.take(Long.MAX_VALUE / 2)).isZero();

        assertThat(bucket.take(Long.MAX_VALUE / 2)).isPositive();
    }

    @Test
    void aClockThatComesLateGivesNothing() {
        var bucket = new TokenBucket(1, 100);
        assertThat(bucket.take(100)).isZero();

        assertThat(bucket.take(50)).isEqualTo(SECOND);
        assertThat(bucket.take(100 + SECOND - 1)).isEqualTo(1);
    }

    @Test
    void neverMoreThanTheRateAndTheBurstWhateverTheTimes() {
        var random = new Random(3);
        for (var run = 0; run < 100; run++) {
            var rate = random.nextLong(1, 1_000);
            var bucket = new TokenBucket(rate, 0);
            var now = 0L;
            var taken = 0L;
            for (var i = 0; i < 2_000; i++) {
                now += random.nextLong(SECOND / rate);
                if (bucket.take(now) == 0) taken++;
            }
            assertThat(taken).isLessThanOrEqualTo(rate + now * rate / SECOND + 1);
        }
    }

    @Test
    void keysDoNotTakeFromEachOther() {
        var now = new AtomicLong();
        var limit = new RateLimit(1, now::get);
        var one = new Caller("one", "acme", Set.of(Role.USER));
        var other = new Caller("other", "acme", Set.of(Role.USER));

        assertThat(limit.take(one)).isZero();
        assertThat(limit.take(one)).isPositive();
        assertThat(limit.take(other)).isZero();
        now.set(SECOND);
        assertThat(limit.take(one)).isZero();
    }
}
