package org.ambientvcp.gateway.kafka;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.registry.RegistryException;
import org.ambientvcp.service.EventProducer;
import org.ambientvcp.service.KafkaConnection;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes an event and waits, for at most 5 s, until the brokers have it. Thread-safe.
///
/// Delivery: when it returns the event is there once; when it throws the event may or may not be there. Tasks,
/// cancellations and grants carry an id that their readers know repeats by, so a caller may ask again.
public final class Publisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final EventProducer producer;
    private final KafkaConnection connection;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public Publisher(KafkaConnection connection) {
        this.connection = connection;
        producer = new EventProducer(BoundedConnection.forProducers(connection), "gateway");
    }

    /// @param partition null: by the key
    /// @param traceparent W3C trace context; null: none
    /// @throws UnavailableException if Kafka or the schema registry do not answer in time
    /// @throws RecordTooLargeForTopicException if the brokers take no record of this size
    public <V extends SpecificRecord> void publish(
            Topic<V> topic, @Nullable Integer partition, String key, V value, @Nullable String traceparent) {
        // on a thread of its own, because the first use of a schema asks the registry and that cannot be bounded
        var acknowledged = CompletableFuture.completedFuture(value)
                .thenComposeAsync(event -> producer.send(topic, partition, key, event, traceparent), threads);
        await(topic, acknowledged);
    }

    private static void await(Topic<?> topic, CompletableFuture<RecordMetadata> acknowledged) {
        try {
            acknowledged.get(BoundedConnection.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RecordTooLargeException tooLarge)
                throw new RecordTooLargeForTopicException(tooLarge);
            var registry = failed.getCause() instanceof RegistryException;
            LOG.atWarn()
                    .addKeyValue("topic", topic.name())
                    .addKeyValue("reason", String.valueOf(failed.getCause()))
                    .log("event not acknowledged");
            throw new UnavailableException(
                    (registry ? "the schema registry" : "Kafka") + " did not take the event; send it again", failed);
        } catch (TimeoutException late) {
            LOG.atWarn().addKeyValue("topic", topic.name()).log("event not acknowledged in time");
            throw new UnavailableException(
                    "Kafka did not acknowledge within " + BoundedConnection.PATIENCE.toSeconds()
                            + " s; send it again with the same id",
                    late);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the gateway is shutting down", stopping);
        }
    }

    /// Registers a topic's schema ahead of its first use; does nothing if the registry does not answer.
    public void warmUp(Topic<?> topic) {
        threads.execute(() -> {
            try {
                connection.registry().idOf(topic.subject(), AvroCodec.schema(topic.type()));
            } catch (RegistryException notYet) {
                LOG.atWarn()
                        .addKeyValue("topic", topic.name())
                        .addKeyValue("reason", String.valueOf(notYet.getMessage()))
                        .log("schema not registered yet");
            }
        });
    }

    public Map<MetricName, ? extends Metric> metrics() {
        return producer.metrics();
    }

    @Override
    public void close() {
        producer.close();
        threads.shutdownNow();
    }
}
