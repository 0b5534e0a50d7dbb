package org.ambientvcp.embedded;

import static org.ambientvcp.embedded.KafkaFixture.createTopic;
import static org.ambientvcp.embedded.KafkaFixture.producer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/// A process that commits transactions on several threads, each of the same value to two topics, and prints every value
/// once its transaction is committed, until it is killed.
final class DoomedTransactions {

    static final List<String> TOPICS = List.of("one-half", "other-half");

    private static final int THREADS = 4;

    private DoomedTransactions() {}

    /// @param args the data directory
    public static void main(String[] args) throws Exception {
        try (var broker = EmbeddedBroker.start(Path.of(args[0]), 0, Map.of());
                var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var topic : TOPICS) createTopic(broker.bootstrapServers(), topic);
            System.out.println("writing");
            Future<?> last = null;
            for (var number = 0; number < THREADS; number++) {
                var id = "doomed-" + number;
                last = threads.submit(() -> commitForEver(broker.bootstrapServers(), id));
            }
            if (last != null) last.get();
        }
    }

    private static Void commitForEver(String bootstrapServers, String id) throws Exception {
        try (var producer =
                producer(bootstrapServers, Map.of("transactional.id", id, "transaction.timeout.ms", "1000"))) {
            producer.initTransactions();
            for (var i = 0; ; i++) commit(producer, id + "/" + i);
        }
    }

    private static void commit(KafkaProducer<String, String> producer, String value) throws Exception {
        producer.beginTransaction();
        var sent = new ArrayList<Future<RecordMetadata>>();
        for (var topic : TOPICS) sent.add(producer.send(new ProducerRecord<>(topic, value)));
        producer.commitTransaction();
        for (var record : sent) record.get();
        System.out.println(value);
    }
}
