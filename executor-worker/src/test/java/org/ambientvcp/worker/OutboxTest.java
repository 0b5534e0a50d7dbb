package org.ambientvcp.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final ScheduledExecutorService retries = Executors.newSingleThreadScheduledExecutor();
    private final Outbox outbox = new Outbox(retries);

    @AfterEach
    void close() {
        retries.shutdownNow();
    }

    @Test
    void repeatsUntilAllOfItIsThere() throws InterruptedException {
        var first = new AtomicInteger();
        var second = new AtomicInteger();
        var delivered = new CountDownLatch(1);

        outbox.deliver(
                List.of(
                        () -> CompletableFuture.completedFuture(first.incrementAndGet()),
                        () -> second.incrementAndGet() == 1
                                ? CompletableFuture.failedFuture(new IllegalStateException("no broker"))
                                : CompletableFuture.completedFuture(2)),
                () -> true,
                delivered::countDown);

        delivered.await();
        assertThat(first).hasValue(2);
        assertThat(second).hasValue(2);
    }

    @Test
    void whatNobodyWantsAnyMoreIsNotRepeated() throws InterruptedException {
        var sends = new AtomicInteger();
        var asked = new CountDownLatch(1);

        outbox.deliver(
                List.of(() -> {
                    sends.incrementAndGet();
                    return CompletableFuture.failedFuture(new IllegalStateException("no broker"));
                }),
                () -> {
                    asked.countDown();
                    return false;
                },
                () -> {
                    throw new AssertionError("it was never delivered");
                });

        asked.await();
        retries.shutdown();
        assertThat(retries.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        assertThat(sends).hasValue(1);
    }

    @Test
    void waitsForWhatIsUnderWayButNotForEver() throws InterruptedException {
        var open = new CompletableFuture<Void>();
        outbox.deliver(List.of(() -> open), () -> true, () -> {});
        assertThat(outbox.awaitQuiet(1)).isFalse();

        open.complete(null);

        assertThat(outbox.awaitQuiet(10_000)).isTrue();
    }
}
