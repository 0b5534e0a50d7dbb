package org.ambientvcp.telemetry;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/// The record's timestamp. Anybody who writes the protocol by hand can leave it out (−1), which Kafka's own
/// extractor answers with the end of the stream thread; here it is 1970, and the sample a dead letter.
final class EventTime implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, record.timestamp());
    }
}
