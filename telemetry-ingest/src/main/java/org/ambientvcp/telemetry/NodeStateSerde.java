package org.ambientvcp.telemetry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.ambientvcp.events.EnergyReading;
import org.ambientvcp.events.NodeHealth;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.schemas.SingleObject;
import org.ambientvcp.telemetry.energy.MeterReading;
import org.ambientvcp.telemetry.health.BreakerState;
import org.ambientvcp.telemetry.health.HealthState;
import org.ambientvcp.telemetry.health.Smoothed;
import org.ambientvcp.telemetry.health.Trip;
import org.ambientvcp.telemetry.update.SentUpdate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// [NodeState] as the store keeps it: a version byte, then the parts in order. Avro records are in the
/// single-object encoding behind a 4-byte length; what may be missing is behind a byte that says whether it
/// is there. Breaker and its time are those of the health. Thread-safe.
public final class NodeStateSerde implements Serde<NodeState>, Serializer<NodeState>, Deserializer<NodeState> {
    private static final int VERSION = 1;

    @Override
    @SuppressWarnings("NullAway") // null in, null out: a deleted entry; Kafka's interface carries no null marks
    public byte[] serialize(String topic, @Nullable NodeState state) {
        if (state == null) return null;
        var bytes = new ByteArrayOutputStream(512);
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            write(out, state.health());
            var meter = state.meter();
            out.writeBoolean(meter != null);
            if (meter != null) {
                write(out, meter.reading());
                out.writeLong(meter.epoch());
                out.writeLong(meter.observedAtEpochMillis());
            }
            var sent = state.sent();
            out.writeBoolean(sent != null);
            if (sent != null) {
                write(out, sent.update());
                out.writeInt(sent.cell());
                out.writeLong(sent.atEpochMillis());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // the stream is in memory
        }
        return bytes.toByteArray();
    }

    /// @throws IllegalStateException if the bytes are not ours
    @Override
    @SuppressWarnings("NullAway") // null in, null out: a deleted entry; Kafka's interface carries no null marks
    public NodeState deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) return null;
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var version = in.readByte();
            if (version != VERSION)
                throw new IllegalStateException("expected a node state of version " + VERSION + ", got " + version);
            var health = readHealth(in);
            var meter = in.readBoolean()
                    ? new MeterReading(read(in, EnergyReading.class), in.readLong(), in.readLong())
                    : null;
            var sent =
                    in.readBoolean() ? new SentUpdate(read(in, NodeUpdate.class), in.readInt(), in.readLong()) : null;
            if (in.available() > 0) throw new IllegalStateException("a node state has trailing bytes");
            return new NodeState(health, meter, sent);
        } catch (IOException | IllegalArgumentException broken) {
            throw new IllegalStateException("a node state of " + bytes.length + " bytes cannot be read", broken);
        }
    }

    private static void write(DataOutputStream out, HealthState health) throws IOException {
        write(out, health.published());
        var trip = health.breaker().trip();
        out.writeBoolean(trip != null);
        if (trip != null) {
            out.writeUTF(trip.cause().name());
            out.writeInt(trip.value());
            out.writeBoolean(trip.probeFailed());
        }
        write(out, health.bandwidthKbps());
        write(out, health.latencyMicros());
        write(out, health.computePpm());
    }

    private static HealthState readHealth(DataInputStream in) throws IOException {
        var published = read(in, NodeHealth.class);
        var trip = in.readBoolean() ? new Trip(Trip.Cause.valueOf(in.readUTF()), in.readInt(), in.readBoolean()) : null;
        var breaker = new BreakerState(published.getBreaker(), trip, published.getBreakerSinceEpochMillis());
        return new HealthState(published, breaker, readSmoothed(in), readSmoothed(in), readSmoothed(in));
    }

    private static void write(DataOutputStream out, @Nullable Smoothed average) throws IOException {
        out.writeBoolean(average != null);
        if (average == null) return;
        out.writeInt(average.value());
        out.writeLong(average.atEpochMillis());
    }

    private static @Nullable Smoothed readSmoothed(DataInputStream in) throws IOException {
        return in.readBoolean() ? new Smoothed(in.readInt(), in.readLong()) : null;
    }

    private static void write(DataOutputStream out, SpecificRecord record) throws IOException {
        var bytes = SingleObject.encode(record);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static <T extends SpecificRecord> T read(DataInputStream in, Class<T> type) throws IOException {
        var length = in.readInt();
        if (length < 0 || length > in.available()) throw new IOException(type.getSimpleName() + " is cut off");
        return SingleObject.decode(type, in.readNBytes(length));
    }

    @Override
    public Serializer<NodeState> serializer() {
        return this;
    }

    @Override
    public Deserializer<NodeState> deserializer() {
        return this;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {}

    @Override
    public void close() {}
}
