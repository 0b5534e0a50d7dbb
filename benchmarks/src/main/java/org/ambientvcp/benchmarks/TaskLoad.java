package org.ambientvcp.benchmarks;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.ambientvcp.cli.dev.DevState;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.RegistryClient;
import org.ambientvcp.service.EventProducer;
import org.ambientvcp.service.KafkaConnection;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Sends tasks and notes when each is assigned and when it is verified, as a reader of committed records sees it.
final class TaskLoad implements AutoCloseable {
    private static final long LONGEST_NANOS = Duration.ofMinutes(10).toNanos();
    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaConnection connection;
    private final EventProducer producer;
    private final String module;
    private final Map<String, Long> dueByTask = new ConcurrentHashMap<>();
    private final Map<String, Long> unassigned = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final List<Thread> readers = new ArrayList<>();
    private volatile Histogram assigned = histogram();
    private volatile Histogram verified = histogram();
    private volatile boolean closed;

    TaskLoad(DevState cluster, String moduleSha256) throws InterruptedException {
        connection = new KafkaConnection(
                cluster.bootstrapServers(), Map.of(), new RegistryClient(URI.create(cluster.registryUrl())));
        producer = new EventProducer(connection, "benchmark");
        module = moduleSha256;
        follow(Topics.ASSIGNMENTS, this::onAssignment);
        follow(Topics.TASK_STATUS, this::onStatus);
    }

    /// Forgets what was measured.
    void reset() {
        dueByTask.clear();
        unassigned.clear();
        assigned = histogram();
        verified = histogram();
    }

    /// Sends one task that was due at a time of `System.nanoTime`.
    @SuppressWarnings("FutureReturnValueIgnored") // a task that is not sent is missing in the count
    void send(long dueNanos) {
        var taskId = "load-" + ProcessHandle.current().pid() + "-" + number.incrementAndGet();
        dueByTask.put(taskId, dueNanos);
        unassigned.put(taskId, dueNanos);
        producer.send(Topics.TASKS, taskId, task(taskId));
    }

    void awaitVerified(int count, Duration timeout) throws InterruptedException {
        var deadline = System.nanoTime() + timeout.toNanos();
        while (verified.getTotalCount() < count && System.nanoTime() < deadline) Thread.sleep(POLL);
    }

    Histogram assigned() {
        return assigned;
    }

    Histogram verified() {
        return verified;
    }

    private void onAssignment(Assignment assignment) {
        var due = unassigned.remove(assignment.getTaskId());
        if (due != null) assigned.recordValue(Math.min(System.nanoTime() - due, LONGEST_NANOS));
    }

    private void onStatus(TaskStatus status) {
        if (status.getState() != TaskState.ACCEPTED) return;
        var due = dueByTask.remove(status.getTaskId());
        if (due != null) verified.recordValue(Math.min(System.nanoTime() - due, LONGEST_NANOS));
    }

    private interface Reader<V> {
        void read(V value);
    }

    private <V extends SpecificRecord> void follow(Topic<V> topic, Reader<V> reader) {
        var consumer = new KafkaConsumer<>(
                connection.consumerProperties(), new StringDeserializer(), AvroSerde.of(topic, connection.registry()));
        var partitions = consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // decide the end now, before the first task
        readers.add(Thread.ofPlatform().start(() -> {
            try (consumer) {
                while (!closed) for (var record : consumer.poll(POLL)) reader.read(record.value());
            }
        }));
    }

    private Task task(String taskId) {
        return Task.newBuilder()
                .setTaskId(taskId)
                .setTenant("dev")
                .setModuleSha256(module)
                .setEntry(new FunctionEntry("count_primes", List.of(new WasmValue(WasmType.I32, 100L))))
                .setLimits(Limits.newBuilder().build())
                .setRequirements(Requirements.newBuilder().setRegion("eu-north").build())
                .setVerification(Verification.newBuilder()
                        .setLevel(VerificationLevel.SIGNED)
                        .build())
                .setRewardMicros(1)
                .setSubmittedAtEpochMillis(0)
                .setSubmittedBy("benchmark")
                .build();
    }

    private static Histogram histogram() {
        return new ConcurrentHistogram(LONGEST_NANOS, 3);
    }

    @Override
    public void close() {
        closed = true;
        for (var reader : readers) joinQuietly(reader);
        producer.close();
    }

    private static void joinQuietly(Thread reader) {
        try {
            reader.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
