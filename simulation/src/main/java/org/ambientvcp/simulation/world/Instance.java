package org.ambientvcp.simulation.world;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.simulation.Chance;
import org.ambientvcp.simulation.Situation;
import org.ambientvcp.simulation.broker.Entry;
import org.ambientvcp.simulation.broker.Partition;
import org.ambientvcp.simulation.broker.Transaction;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// A process that runs a task: its memory, and what it has not committed.
abstract class Instance {
    private static final int MOST_AT_ONCE = 8;

    final World world;
    final Chance chance;
    /// Which of the task's processes it is, from 1.
    final int number;

    boolean dead;
    long frozenUntil;
    /// Records after which it dies, before it can commit them; 0 = it does not.
    int diesAfter;
    private final StreamTask task;
    private final long[] positions;
    private final List<Runnable> changes = new ArrayList<>();
    private @Nullable Transaction transaction;
    private List<Partition> marks = List.of();
    private @Nullable Transaction ended;
    private boolean dirty;
    private boolean planned;
    private long lastCommit;

    Instance(StreamTask task) {
        this.task = task;
        number = ++task.starts;
        world = task.world;
        chance = world.chance.split();
        positions = task.committed.clone();
        lastCommit = world.time.now();
    }

    /// Applies a record.
    abstract void process(Partition from, Entry entry);

    /// What the wall clock causes; called at every poll.
    void punctuate() {}

    /// How soon it must look at the clock again if nothing comes; 0 = not at all.
    long lookEveryMillis() {
        return 0;
    }

    /// Something has come.
    final void wake() {
        plan(1 + chance.below(10));
    }

    private void plan(long millis) {
        if (planned || dead) return;
        planned = true;
        world.time.in(millis, this::poll);
    }

    private void poll() {
        planned = false;
        if (dead) return;
        if (world.time.now() < frozenUntil) {
            plan(frozenUntil - world.time.now());
            return;
        }
        if (marksUnderWay()) {
            plan(2);
            return;
        }
        try {
            var more = take();
            if (dead) return;
            punctuate();
            if (dirty && world.time.now() - lastCommit >= task.commitMillis) commit();
            if (more) plan(1 + chance.below(4));
            else if (dirty) plan(Math.max(1, lastCommit + task.commitMillis - world.time.now()));
            else if (lookEveryMillis() > 0) plan(lookEveryMillis());
        } catch (Fenced fenced) {
            world.coverage.count(Situation.ZOMBIE_FENCED);
            world.trace(() -> "the old process of " + task.name + " is fenced off");
            dead = true;
        }
    }

    /// Takes some records; whether there are more. Of several inputs any may be ahead of the others.
    private boolean take() {
        for (int taken = 0; taken < MOST_AT_ONCE; taken++) {
            int from = chance.below(positions.length);
            Entry entry = null;
            for (int tried = 0; tried < positions.length && entry == null; tried++) {
                from = (from + 1) % positions.length;
                entry = task.inputs.get(from).next(positions[from]);
            }
            if (entry == null) return false;
            positions[from] = entry.offset() + 1;
            dirty = true;
            process(task.inputs.get(from), entry);
            if (diesAfter > 0 && --diesAfter == 0) {
                task.crash(chance.between(50, 3_000));
                return false;
            }
        }
        return true;
    }

    final void send(Partition to, @Nullable String key, SpecificRecord value) {
        dirty = true;
        if (!task.exactlyOnce) {
            to.append(world.time.now(), key, value, null);
            return;
        }
        if (isFenced()) throw new Fenced();
        if (transaction == null) transaction = new Transaction();
        to.append(world.time.now(), key, value, transaction);
    }

    /// Something to store with the next commit.
    final void store(Runnable change) {
        changes.add(change);
    }

    private boolean isFenced() {
        return task.starts != number;
    }

    private void commit() {
        if (isFenced()) throw new Fenced();
        System.arraycopy(positions, 0, task.committed, 0, positions.length);
        changes.forEach(Runnable::run);
        changes.clear();
        dirty = false;
        lastCommit = world.time.now();
        if (transaction != null) end(transaction, true);
    }

    /// What the process left open comes to nothing.
    final void abort() {
        if (transaction != null) end(transaction, false);
    }

    private void end(Transaction ending, boolean commit) {
        marks = ending.end(commit);
        ended = ending;
        transaction = null;
        for (var partition : marks) world.time.in(chance.below(8), () -> partition.mark(ending));
    }

    final boolean marksUnderWay() {
        var last = ended;
        return last != null && marks.stream().anyMatch(partition -> partition.awaits(last));
    }

    final boolean hasOpenTransaction() {
        return transaction != null;
    }

    /// The process is not the right one any more, and the brokers say so.
    private static final class Fenced extends RuntimeException {
        private static final long serialVersionUID = 1;

        Fenced() {
            super("fenced", null, false, false);
        }
    }
}
