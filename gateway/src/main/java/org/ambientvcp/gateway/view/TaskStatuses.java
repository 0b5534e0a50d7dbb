package org.ambientvcp.gateway.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// The newest task statuses, at most a fixed number; the one updated longest ago makes room. Each is kept as its Avro
/// bytes, about a kilobyte. One thread writes, any number read and wait.
public final class TaskStatuses {
    private static final Set<TaskState> TERMINAL =
            EnumSet.of(TaskState.REJECTED, TaskState.ACCEPTED, TaskState.FAILED, TaskState.CANCELLED);

    /// A task: ids are the tenants' own.
    public record Id(String taskId, String tenant) implements Comparable<Id> {
        @Override
        public int compareTo(Id other) {
            return Comparator.comparing(Id::taskId).thenComparing(Id::tenant).compare(this, other);
        }
    }

    /// Place in the list: by time of the last update, then by id.
    private record Place(long updatedAt, Id id) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return Comparator.comparingLong(Place::updatedAt)
                    .thenComparing(Place::id)
                    .compare(this, other);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never written and never compared
    private record Held(Place place, TaskState state, byte[] avro) {
        TaskStatus status() {
            return AvroCodec.decode(TaskStatus.class, avro);
        }
    }

    private final int most;
    private final ConcurrentSkipListMap<Id, Held> byId = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Place, Held> byPlace = new ConcurrentSkipListMap<>();
    private final Map<Id, Set<CountDownLatch>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private final Map<TaskState, LongAdder> counts = new EnumMap<>(TaskState.class);

    /// @param most statuses to keep, ≥ 1
    public TaskStatuses(int most) {
        if (most < 1) throw new IllegalArgumentException("most is not positive: " + most);
        this.most = most;
        for (var state : TaskState.values()) counts.put(state, new LongAdder());
    }

    public static boolean isTerminal(TaskState state) {
        return TERMINAL.contains(state);
    }

    /// Takes in a status; returns the state the task had before, if it was known.
    Optional<TaskState> put(TaskStatus status) {
        var id = new Id(status.getTaskId(), status.getTenant());
        var held =
                new Held(new Place(status.getUpdatedAtEpochMillis(), id), status.getState(), AvroCodec.encode(status));
        var before = byId.put(id, held);
        byPlace.put(held.place, held);
        count(held.state).increment();
        if (before != null) {
            count(before.state).decrement();
            if (!before.place.equals(held.place)) byPlace.remove(before.place);
        }
        while (byPlace.size() > most) remove(byPlace.firstEntry().getValue());
        wake(id);
        return before == null ? Optional.empty() : Optional.of(before.state);
    }

    /// Forgets the task of a record key, see [Topics#taskStatusKey]; a key of another form is nobody's.
    void remove(String key) {
        var slash = key.indexOf('/');
        if (slash < 0) return;
        var held = byId.get(new Id(key.substring(slash + 1), key.substring(0, slash)));
        if (held != null) remove(held);
    }

    /// The task of one tenant.
    public Optional<TaskStatus> find(String taskId, String tenant) {
        return Optional.ofNullable(byId.get(new Id(taskId, tenant))).map(Held::status);
    }

    /// The task of whichever tenant; of several the one updated last.
    public Optional<TaskStatus> find(String taskId) {
        return ofAllTenants(taskId).values().stream()
                .max(Comparator.comparing(Held::place))
                .map(Held::status);
    }

    /// Statuses, the one updated last first.
    ///
    /// @param state null: any
    /// @param tenant null: any
    /// @param after only those that stand after this one in the list; null: from the beginning
    /// @param limit most statuses, ≥ 1
    public List<TaskStatus> list(
            @Nullable TaskState state, @Nullable String tenant, @Nullable Cursor after, int limit) {
        var places = after == null
                ? byPlace
                : byPlace.headMap(new Place(after.updatedAt, new Id(after.taskId, after.tenant)), false);
        var found = new ArrayList<TaskStatus>();
        for (var held : places.descendingMap().values()) {
            if (state != null && held.state != state) continue;
            if (tenant != null && !held.place.id.tenant.equals(tenant)) continue;
            found.add(held.status());
            if (found.size() == limit) break;
        }
        return found;
    }

    /// A place in the list, as a client keeps it.
    public record Cursor(long updatedAt, String taskId, String tenant) {
        public static Cursor of(TaskStatus status) {
            return new Cursor(status.getUpdatedAtEpochMillis(), status.getTaskId(), status.getTenant());
        }
    }

    /// Waits until a task's status is as asked for, or the time is over; whoever waits sleeps.
    ///
    /// @return the last status, whether it is as asked for or not
    public Optional<TaskStatus> await(Id id, Predicate<TaskStatus> wanted, Duration patience)
            throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var changed = new CountDownLatch(1);
            waiting.compute(id, (ignored, others) -> {
                var all = others == null ? ConcurrentHashMap.<CountDownLatch>newKeySet() : others;
                all.add(changed);
                return all;
            });
            try {
                // looked at after the entry above, so that no change in between is missed
                var now = find(id.taskId, id.tenant);
                var left = deadline - System.nanoTime();
                if (closed || left <= 0 || now.filter(wanted).isPresent()) return now;
                if (!changed.await(left, TimeUnit.NANOSECONDS)) return find(id.taskId, id.tenant);
            } finally {
                waiting.computeIfPresent(id, (ignored, all) -> {
                    all.remove(changed);
                    return all.isEmpty() ? null : all;
                });
            }
        }
    }

    /// How many it keeps.
    int most() {
        return most;
    }

    /// Number of tasks that somebody waits for.
    public int waiters() {
        return waiting.size();
    }

    public int size() {
        return byId.size();
    }

    /// How many of the tasks held are in each state.
    public Map<TaskState, Long> byState() {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().sum(),
                        (a, b) -> a,
                        () -> new EnumMap<>(TaskState.class)));
    }

    private Map<Id, Held> ofAllTenants(String taskId) {
        return byId.subMap(new Id(taskId, ""), new Id(taskId + '\0', ""));
    }

    private void remove(Held held) {
        byPlace.remove(held.place);
        if (byId.remove(held.place.id, held)) count(held.state).decrement();
    }

    private LongAdder count(TaskState state) {
        return Objects.requireNonNull(counts.get(state));
    }

    /// Ends all waiting, for good.
    public void stopWaiting() {
        closed = true;
        waiting.keySet().forEach(this::wake);
    }

    private void wake(Id id) {
        waiting.computeIfPresent(id, (ignored, all) -> {
            all.forEach(CountDownLatch::countDown);
            return all;
        });
    }
}
