package org.ambientvcp.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.ambientvcp.events.Signed;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.schemas.signing.Opened;
import org.ambientvcp.schemas.signing.SignedEvents;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/// Opens records of a topic of signed events that nodes send about themselves.
///
/// A record has to be in the partition of its key: the same record in another one would meet an empty store,
/// which knows nothing of replays.
public final class SignedInput<T extends SpecificRecord> {
    /// More than any honest registration or sample.
    private static final int MAX_VALUE_BYTES = 64 * 1024;

    private static final int MAX_KEY_BYTES = 1024;

    private final Topic<Signed> topic;
    private final AvroSerde<Signed> serde;
    private final Domain<T> domain;
    private final Function<T, String> nodeId;
    private final int partitions;

    /// @param nodeId the node an event is about
    /// @param partitions of the topic
    public SignedInput(
            Topic<Signed> topic,
            SchemaRegistry registry,
            Domain<T> domain,
            Function<T, String> nodeId,
            int partitions) {
        this.topic = topic;
        this.serde = AvroSerde.of(topic, registry);
        this.domain = domain;
        this.nodeId = nodeId;
        this.partitions = partitions;
    }

    /// The event, if a node has signed it about itself and it came under the node's key.
    ///
    /// @param partition the record came in
    public Opened<T> open(byte @Nullable [] key, byte @Nullable [] value, int partition) {
        if (key == null || key.length > MAX_KEY_BYTES) return refused("wrong-key", "the key is not a node id");
        if (value == null)
            return refused(
                    "undecodable",
                    "there is no value; expected a signed " + domain.payload().getSimpleName());
        if (value.length > MAX_VALUE_BYTES)
            return refused("too-large", "the value is " + value.length + " bytes, more than " + MAX_VALUE_BYTES);
        Signed signed;
        try {
            signed = Objects.requireNonNull(serde.deserialize(topic.name(), value));
        } catch (MalformedEventException malformed) {
            return refused("undecodable", String.valueOf(malformed.getMessage()));
        }
        var opened = SignedEvents.open(domain, signed);
        return opened instanceof Opened.Valid<T> valid ? own(valid, key, partition) : opened;
    }

    private Opened<T> own(Opened.Valid<T> valid, byte[] key, int partition) {
        var signer = valid.signerId();
        if (!Arrays.equals(key, signer.getBytes(StandardCharsets.UTF_8)))
            return refused("wrong-key", "expected the signer " + signer + " as the key");
        var home = Utils.toPositive(Utils.murmur2(key)) % partitions;
        if (partition != home)
            return refused(
                    "wrong-key",
                    "expected partition " + home + " of " + partitions + " for this key, came in " + partition);
        var about = nodeId.apply(valid.event());
        return about.equals(signer)
                ? valid
                : refused("wrong-signer", "nodeId " + about + " is not the signer, " + signer);
    }

    private Opened<T> refused(String code, String reason) {
        return new Opened.Refused<>(code, reason);
    }
}
