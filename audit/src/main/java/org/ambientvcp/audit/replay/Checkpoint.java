package org.ambientvcp.audit.replay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// The state of every replayed partition at the end of a replay, so that the next one can begin there. Its bytes are
/// canonical: equal states have equal files. The last 32 bytes are SHA-256 of all before.
///
/// @param states by source partition
public record Checkpoint(TreeMap<LogPartition, State> states) {
    private static final byte[] MAGIC = "VCPCKPT1".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH_BYTES = 32;

    /// @param nextOffset of the first input that is not in it
    /// @param items sorted by store and key
    public record State(long nextOffset, List<Item> items) {
        public State {
            items = items.stream().sorted().toList();
        }
    }

    /// One entry of a store.
    ///
    /// @param value belongs to nobody else
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way into a file; nobody compares items
    public record Item(String store, String key, byte[] value) implements Comparable<Item> {
        @Override
        public int compareTo(Item other) {
            int byStore = store.compareTo(other.store);
            return byStore != 0 ? byStore : key.compareTo(other.key);
        }
    }

    public static Checkpoint empty() {
        return new Checkpoint(new TreeMap<>());
    }

    @Nullable
    State of(LogPartition source) {
        return states.get(source);
    }

    /// SHA-256 of the states, lower-case hex.
    public String sha256() {
        return Sha256.hex(bytes());
    }

    private byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            out.writeInt(states.size());
            for (var state : states.entrySet()) {
                out.writeUTF(state.getKey().topic().name());
                out.writeInt(state.getKey().partition());
                out.writeLong(state.getValue().nextOffset());
                out.writeInt(state.getValue().items().size());
                for (var item : state.getValue().items()) {
                    out.writeUTF(item.store());
                    out.writeUTF(item.key());
                    out.writeInt(item.value().length);
                    out.write(item.value());
                }
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible); // the stream is in memory
        }
        return bytes.toByteArray();
    }

    /// Replaces the file at once, or leaves it as it was.
    public void write(Path file) throws IOException {
        var bytes = bytes();
        var whole = Arrays.copyOf(bytes, bytes.length + HASH_BYTES);
        System.arraycopy(Sha256.digest(bytes), 0, whole, bytes.length, HASH_BYTES);
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, whole);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// @throws IOException if the file is not what was written; says why
    public static Checkpoint read(Path file) throws IOException {
        var whole = Files.readAllBytes(file);
        if (whole.length < MAGIC.length + HASH_BYTES) throw new IOException(file + " is no checkpoint");
        var bytes = Arrays.copyOf(whole, whole.length - HASH_BYTES);
        if (!Arrays.equals(Sha256.digest(bytes), Arrays.copyOfRange(whole, bytes.length, whole.length)))
            throw new IOException(file + " is damaged: its SHA-256 is not that of its content");
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) throw new IOException(file + " is no checkpoint");
            var states = new TreeMap<LogPartition, State>();
            for (int left = in.readInt(); left > 0; left--) {
                var name = in.readUTF();
                var topic = Topics.named(name).orElseThrow(() -> new IOException(file + " knows a topic " + name));
                states.put(new LogPartition(topic, in.readInt()), state(in));
            }
            return new Checkpoint(states);
        }
    }

    private static State state(DataInputStream in) throws IOException {
        var nextOffset = in.readLong();
        var items = new ArrayList<Item>();
        for (int left = in.readInt(); left > 0; left--)
            items.add(new Item(in.readUTF(), in.readUTF(), in.readNBytes(in.readInt())));
        return new State(nextOffset, items);
    }
}
