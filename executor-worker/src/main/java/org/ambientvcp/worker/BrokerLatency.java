package org.ambientvcp.worker;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ambientvcp.service.KafkaConnection;
import org.apache.kafka.clients.admin.Admin;

/// Round trip to the brokers: the time of one metadata request, as an application sees it. A slow one is asked again
/// and
/// the fastest counts, because a request that waited for a connection, or for a broker that has just died, says nothing
/// about the way. Not smoothed; telemetry-ingest does that.
final class BrokerLatency implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int REQUESTS = 3;
    private static final int SLOW_MICROS = 50_000;

    private final Admin admin;

    BrokerLatency(KafkaConnection connection) {
        admin = connection.admin();
    }

    /// Microseconds; empty if nobody answered within 2 s.
    OptionalInt measureMicros() {
        var end = System.nanoTime() + PATIENCE.toNanos();
        var fastest = OptionalInt.empty();
        try {
            for (var request = 0; request < REQUESTS && System.nanoTime() < end; request++) {
                var micros = requestMicros(end);
                if (fastest.isEmpty() || micros < fastest.getAsInt()) fastest = OptionalInt.of(micros);
                if (micros < SLOW_MICROS) break;
            }
        } catch (ExecutionException | TimeoutException nobody) {
            return fastest;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return fastest;
    }

    private int requestMicros(long end) throws ExecutionException, InterruptedException, TimeoutException {
        var start = System.nanoTime();
        admin.describeCluster().clusterId().get(end - start, TimeUnit.NANOSECONDS);
        return (int) ((System.nanoTime() - start) / 1_000);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
