package org.ambientvcp.worker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends events until the brokers have them: at least once. Thread-safe; callers do not wait.
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final long RETRY_MILLIS = 1_000;

    private final ScheduledExecutorService retries;
    private final Map<Long, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();
    private final AtomicLong deliveries = new AtomicLong();

    /// @param retries repeats what failed; when it is shut down, nothing is repeated any more
    Outbox(ScheduledExecutorService retries) {
        this.retries = retries;
    }

    /// Sends and repeats all of it after a second if any of it failed.
    ///
    /// @param sends start to send, in this order
    /// @param wanted asked before a repetition
    /// @param delivered called when the brokers have all of it, on the producer's thread: must not block
    @SuppressWarnings("FutureReturnValueIgnored") // the outcome is handled in the callback
    void deliver(List<Supplier<CompletableFuture<?>>> sends, BooleanSupplier wanted, Runnable delivered) {
        var sent = CompletableFuture.allOf(sends.stream().map(Supplier::get).toArray(CompletableFuture<?>[]::new));
        var delivery = deliveries.incrementAndGet();
        underWay.put(delivery, sent);
        sent.whenComplete((_, failure) -> {
            underWay.remove(delivery);
            if (failure == null) delivered.run();
            else again(sends, wanted, delivered, failure);
        });
    }

    private void again(
            List<Supplier<CompletableFuture<?>>> sends, BooleanSupplier wanted, Runnable delivered, Throwable failure) {
        LOG.atWarn().addKeyValue("cause", failure.toString()).log("events could not be sent");
        try {
            var _ = retries.schedule(
                    () -> {
                        if (wanted.getAsBoolean()) deliver(sends, wanted, delivered);
                    },
                    RETRY_MILLIS,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            LOG.atWarn().log("events that could not be sent are left to the next start");
        }
    }

    /// Waits until what has been sent is there or has failed.
    ///
    /// @return false if the time was over before
    boolean awaitQuiet(long millis) throws InterruptedException {
        try {
            CompletableFuture.allOf(underWay.values().toArray(CompletableFuture<?>[]::new))
                    .get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException failed) {
            return true;
        } catch (TimeoutException slow) {
            return false;
        }
    }
}
