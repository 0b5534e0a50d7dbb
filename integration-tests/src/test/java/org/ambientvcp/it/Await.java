package org.ambientvcp.it;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/// Waits for conditions. The deadline is there to end a test that hangs, not to judge how fast something is.
final class Await {
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration POLL = Duration.ofMillis(50);

    private Await() {}

    /// What `look` sees once it is as it should be.
    ///
    /// @param what the condition in words
    /// @throws AssertionError if it does not come true; says what was seen last
    static <T> T until(String what, Callable<T> look, Predicate<T> holds) throws Exception {
        return until(PATIENCE, what, look, holds);
    }

    static <T> T until(Duration patience, String what, Callable<T> look, Predicate<T> holds) throws Exception {
        var deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var seen = look.call();
            if (holds.test(seen)) return seen;
            if (System.nanoTime() > deadline)
                throw new AssertionError(
                        "waited " + patience.toSeconds() + " s until " + what + ", last seen: " + seen);
            Thread.sleep(POLL);
        }
    }
}
