package org.ambientvcp.worker;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.events.Assignment;
import org.jspecify.annotations.Nullable;

/// One lease of a task to this node and how far its work is. Thread-safe.
///
/// ```text
/// WAITING ─▶ RUNNING ─┬─────────────────▶ PUBLISHING ─▶ ENDED
///                     └─▶ COMMITTED ──reveal──▲           ▲
///     └──────────┴────────────┴── revoked, expired ───────┘
/// ```
final class Lease {
    /// What names a lease: a task is leased again only under another attempt or epoch.
    record Key(String taskId, int attempt, long leaseEpoch) {
        static Key of(Assignment assignment) {
            return new Key(assignment.getTaskId(), assignment.getAttempt(), assignment.getLeaseEpoch());
        }
    }

    enum State {
        WAITING,
        RUNNING,
        COMMITTED,
        PUBLISHING,
        ENDED
    }

    /// What is to be published next.
    enum Next {
        NOTHING,
        COMMITMENT,
        RESULT
    }

    private final Assignment assignment;
    private final @Nullable String traceparent;
    private final List<Long> offsets = new ArrayList<>();
    private State state = State.WAITING;
    private long expiresAtEpochMillis;
    private boolean revealed;
    private @Nullable Thread thread;
    private @Nullable Evidence evidence;

    /// A lease that no committed record has granted yet, as far as the node knows.
    ///
    /// @param traceparent of the record; null: the task's
    Lease(Assignment assignment, @Nullable String traceparent) {
        this.assignment = assignment;
        this.traceparent = traceparent == null && assignment.getTask() != null
                ? assignment.getTask().getTraceparent()
                : traceparent;
        expiresAtEpochMillis = assignment.getLeaseExpiresAtEpochMillis();
    }

    /// @param offset of the committed EXECUTE record
    Lease(Assignment assignment, @Nullable String traceparent, long offset) {
        this(assignment, traceparent);
        offsets.add(offset);
    }

    /// A committed record grants it after it was begun; false if it has ended, and the record with it.
    synchronized boolean confirm(long offset) {
        if (state == State.ENDED) return false;
        offsets.add(offset);
        return true;
    }

    Assignment assignment() {
        return assignment;
    }

    @Nullable
    String traceparent() {
        return traceparent;
    }

    Key key() {
        return Key.of(assignment);
    }

    synchronized State state() {
        return state;
    }

    synchronized boolean hasEnded() {
        return state == State.ENDED;
    }

    /// The calling thread starts to work; false if there is nothing to do any more. Until [#leave] the end of
    /// the lease interrupts it.
    synchronized boolean enter() {
        if (state != State.WAITING) return false;
        state = State.RUNNING;
        thread = Thread.currentThread();
        return true;
    }

    /// The calling thread's work is over; an interrupt that was meant for it is cleared.
    @SuppressWarnings("InterruptedExceptionSwallowed") // the flag belongs to this lease's work, which is over
    synchronized void leave() {
        thread = null;
        Thread.interrupted();
    }

    /// The work gave this.
    synchronized Next completed(Evidence done) {
        if (state == State.ENDED) return Next.NOTHING;
        evidence = done;
        state = done.commitment() == null || revealed ? State.PUBLISHING : State.COMMITTED;
        return state == State.COMMITTED ? Next.COMMITMENT : Next.RESULT;
    }

    /// The cell asks for the result behind the commitment; before the work is done it is remembered.
    ///
    /// @param offset of the REVEAL record
    /// @param extendedTo the lease now ends then
    synchronized Next reveal(long offset, long extendedTo) {
        if (state == State.ENDED) return Next.NOTHING;
        offsets.add(offset);
        expiresAtEpochMillis = Math.max(expiresAtEpochMillis, extendedTo);
        revealed = true;
        if (state != State.COMMITTED) return Next.NOTHING;
        state = State.PUBLISHING;
        return Next.RESULT;
    }

    /// Whether its end lies more than the allowed skew before the node's time. The end is a time of the
    /// brokers; a node whose clock is ahead by no more than the skew gives up nothing too early, and one whose
    /// clock is behind works on what nobody waits for, which the cell refuses.
    synchronized boolean isOver(long nowEpochMillis, long skewMillis) {
        return nowEpochMillis - skewMillis > expiresAtEpochMillis;
    }

    /// Ends it and interrupts its work. Returns the offsets that are finished by this; none the second time.
    synchronized List<Long> end() {
        if (state == State.ENDED) return List.of();
        state = State.ENDED;
        evidence = null;
        if (thread != null) thread.interrupt();
        return List.copyOf(offsets);
    }

    /// What the work gave; null before it is done and after the end.
    synchronized @Nullable Evidence evidence() {
        return evidence;
    }
}
