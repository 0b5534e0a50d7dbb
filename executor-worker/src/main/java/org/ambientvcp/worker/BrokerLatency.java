package org.ambientvcp.worker;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ambientvcp.service.KafkaConnection;
import org.apache.kafka.clients.admin.Admin;

/// Round trip to the brokers: the time of one metadata request, as an application sees it. Not smoothed;
/// telemetry-ingest does that.
final class BrokerLatency implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Admin admin;

    BrokerLatency(KafkaConnection connection) {
        admin = connection.admin();
    }

    /// Microseconds; empty if nobody answered within 2 s.
    OptionalInt measureMicros() {
        var start = System.nanoTime();
        try {
            admin.describeCluster().clusterId().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return OptionalInt.of((int) ((System.nanoTime() - start) / 1_000));
        } catch (ExecutionException | TimeoutException nobody) {
            return OptionalInt.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
