package org.ambientvcp.embedded;

import static org.ambientvcp.embedded.KafkaFixture.createTopic;
import static org.ambientvcp.embedded.KafkaFixture.producer;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/// A process that prints every record once it is acknowledged, until it is killed.
final class DoomedWriter {

    static final String TOPIC = "doomed";

    private DoomedWriter() {}

    /// @param args the data directory
    public static void main(String[] args) throws Exception {
        try (var broker = EmbeddedBroker.start(Path.of(args[0]), 0, Map.of())) {
            createTopic(broker.bootstrapServers(), TOPIC);
            System.out.println("writing");
            try (var producer = producer(broker.bootstrapServers(), Map.of())) {
                for (var i = 0; ; i++) {
                    producer.send(new ProducerRecord<>(TOPIC, Integer.toString(i)))
                            .get();
                    System.out.println(i);
                }
            }
        }
    }
}
