package org.ambientvcp.worker;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.EventProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on leases: a fixed number of threads, one per slot, and a bounded queue before them. Thread-safe.
final class Workplace {
    private static final Logger LOG = LoggerFactory.getLogger(Workplace.class);

    private final Identity identity;
    private final Leases leases;
    private final Offsets offsets;
    private final TaskExecution execution;
    private final NodeLoad load;
    private final EventProducer producer;
    private final Outbox outbox;
    private final ThreadPoolExecutor slots;
    private volatile boolean abandoned;

    Workplace(
            Identity identity,
            int slots,
            Leases leases,
            Offsets offsets,
            TaskExecution execution,
            NodeLoad load,
            EventProducer producer,
            Outbox outbox) {
        this.identity = identity;
        this.leases = leases;
        this.offsets = offsets;
        this.execution = execution;
        this.load = load;
        this.producer = producer;
        this.outbox = outbox;
        // A cell leases no more than the slots; the queue takes what overlaps with leases that just ended.
        this.slots = new ThreadPoolExecutor(
                slots,
                slots,
                0,
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(64 + 4 * slots),
                Thread.ofPlatform().name("vcp-slot-", 0).factory());
    }

    /// Takes a lease; does not wait.
    void accept(Lease lease) {
        try {
            slots.execute(() -> work(lease));
        } catch (RejectedExecutionException full) {
            if (!slots.isShutdown()) refuse(lease, "the node's queue is full");
        }
    }

    /// Publishes what a lease asks for next; does not wait.
    void publish(Lease lease, Lease.Next next) {
        var evidence = lease.evidence();
        if (next == Lease.Next.NOTHING || evidence == null) return;
        var key = lease.assignment().getTaskId();
        switch (next) {
            case NOTHING -> {}
            case COMMITMENT ->
                outbox.deliver(
                        List.of(() -> producer.send(
                                Topics.COMMITMENTS, null, key, evidence.commitment(), lease.traceparent())),
                        () -> lease.state() == Lease.State.COMMITTED,
                        () -> {});
            case RESULT ->
                outbox.deliver(
                        List.of(
                                () -> producer.send(Topics.TRACES, null, key, evidence.trace(), lease.traceparent()),
                                () -> producer.send(Topics.RESULTS, null, key, evidence.result(), lease.traceparent())),
                        () -> !lease.hasEnded(),
                        () -> end(lease));
        }
    }

    /// Ends a lease, interrupts its work, finishes its records.
    void end(Lease lease) {
        lease.end().forEach(offsets::finish);
        leases.remove(lease);
    }

    /// Ends a lease that was never granted and interrupts its work, as if it had not been.
    void abandon(Lease lease) {
        lease.end().forEach(offsets::finish);
        leases.forget(lease);
    }

    /// Takes no more work; waits for what runs, then interrupts it. What is interrupted here is left as it was,
    /// so that the next start does it.
    void close(long patienceMillis) throws InterruptedException {
        slots.shutdown();
        slots.getQueue().clear();
        if (slots.awaitTermination(patienceMillis, TimeUnit.MILLISECONDS)) return;
        abandoned = true;
        slots.shutdownNow();
        if (!slots.awaitTermination(1_000, TimeUnit.MILLISECONDS))
            LOG.atWarn().addKeyValue("runs", slots.getActiveCount()).log("runs do not stop");
    }

    /// Leases that wait for a slot.
    int waiting() {
        return slots.getQueue().size();
    }

    private void work(Lease lease) {
        if (!lease.enter()) return;
        load.started();
        try {
            var evidence = execution.execute(lease.assignment());
            if (abandoned || lease.hasEnded()) return;
            load.gave(evidence.outcome());
            publish(lease, lease.completed(evidence));
        } catch (RuntimeException defect) {
            LOG.atError()
                    .addKeyValue("taskId", lease.assignment().getTaskId())
                    .setCause(defect)
                    .log("an assignment could not be worked on");
            refuse(lease, "defect of the node: " + defect);
        } finally {
            load.ended();
            lease.leave();
        }
    }

    private void refuse(Lease lease, String reason) {
        var nothing = new TaskRun.Cost(0, 0, 0, 0, EnergySource.MODEL);
        var evidence = Evidence.of(identity, lease.assignment(), TaskRun.nodeFailed(reason), nothing);
        publish(lease, lease.completed(evidence));
    }
}
