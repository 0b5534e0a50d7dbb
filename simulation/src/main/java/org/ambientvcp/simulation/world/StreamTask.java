package org.ambientvcp.simulation.world;

import java.util.List;
import org.ambientvcp.simulation.Situation;
import org.ambientvcp.simulation.broker.Partition;
import org.jspecify.annotations.Nullable;

/// One task of a streams application: what outlives its processes, and which of them is the right one.
abstract class StreamTask {
    /// After this the brokers abort what a dead process left open.
    private static final long TRANSACTION_TIMEOUT_MILLIS = 10_000;

    final World world;
    final String name;
    final List<Partition> inputs;
    final boolean exactlyOnce;
    final long commitMillis;
    /// Committed positions.
    final long[] committed;

    /// Processes that were started so far.
    int starts;

    @Nullable
    Instance current;

    StreamTask(World world, String name, List<Partition> inputs, boolean exactlyOnce, long commitMillis) {
        this.world = world;
        this.name = name;
        this.inputs = List.copyOf(inputs);
        this.exactlyOnce = exactlyOnce;
        this.commitMillis = commitMillis;
        committed = new long[inputs.size()];
        for (var input : inputs) input.listen(this::wake);
    }

    /// A process that has read the stores.
    abstract Instance restore();

    void start() {
        if (current != null) {
            current.abort();
            if (current.marksUnderWay()) { // a new producer waits for the end of the old one's transaction
                world.time.in(5, this::start);
                return;
            }
        }
        current = restore();
        current.wake();
    }

    private void wake() {
        if (current != null) current.wake();
    }

    /// The process dies; another starts after a while.
    void crash(long downMillis) {
        var dying = current;
        if (dying == null || dying.dead) return;
        dying.dead = true;
        world.coverage.count(
                dying.hasOpenTransaction() ? Situation.SERVICE_CRASH_IN_TRANSACTION : Situation.SERVICE_CRASH);
        world.trace(() -> name + " is killed for " + downMillis + " ms");
        if (downMillis > TRANSACTION_TIMEOUT_MILLIS) world.time.in(TRANSACTION_TIMEOUT_MILLIS, dying::abort);
        world.time.in(downMillis, this::start);
    }

    /// The process stands still and is taken for dead; when it goes on, there is another one.
    void freeze(long frozenMillis, long takeoverMillis) {
        var old = current;
        if (old == null || old.dead) return;
        world.coverage.count(Situation.SERVICE_ZOMBIE);
        world.trace(() -> name + " stands still for " + frozenMillis + " ms");
        old.frozenUntil = world.time.now() + frozenMillis;
        world.time.in(takeoverMillis, () -> {
            if (starts == old.number && !old.dead) start();
        });
    }

    /// The process dies in the middle of what it does next.
    void crashSoon(int records) {
        if (current != null && current.diesAfter == 0) current.diesAfter = records;
    }

    /// Whether all its input has been read and committed.
    boolean isIdle() {
        for (int i = 0; i < committed.length; i++) if (inputs.get(i).next(committed[i]) != null) return false;
        return current != null && !current.dead && !current.hasOpenTransaction();
    }
}
