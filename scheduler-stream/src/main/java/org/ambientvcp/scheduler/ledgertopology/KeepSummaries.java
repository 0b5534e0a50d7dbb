package org.ambientvcp.scheduler.ledgertopology;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/// Keeps the latest summary of every cell as the bytes it came in: a global store has nowhere to send a dead letter,
/// so whether they can be decoded is found out, and borne, where they are used.
final class KeepSummaries implements Processor<String, byte[], Void, Void> {
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before process
    private KeyValueStore<String, byte[]> summaries;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        summaries = context.getStateStore(LedgerTopology.SUMMARIES);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.key() != null) summaries.put(record.key(), record.value());
    }
}
