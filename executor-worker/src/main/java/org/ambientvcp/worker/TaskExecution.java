package org.ambientvcp.worker;

import com.codahale.metrics.MetricRegistry;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.ambientvcp.blob.BlobException;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.schemas.signing.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs an assignment, measures what it cost, stores a long output and signs. Thread-safe; knows no Kafka.
final class TaskExecution {
    private static final Logger LOG = LoggerFactory.getLogger(TaskExecution.class);
    private static final long NANOS_PER_MICRO = 1_000;

    private final Identity identity;
    private final Runner runner;
    private final BlobStore blobs;
    private final Sensors sensors;
    private final NodeLoad load;
    private final int tdpMilliwatts;
    private final int processors;
    private final InstantSource clock;
    private final LongSupplier cpuNanos;
    private final MetricRegistry metrics;

    /// @param cpuNanos processor time of all runs that the calling thread has waited for
    TaskExecution(
            Identity identity,
            Runner runner,
            BlobStore blobs,
            Sensors sensors,
            NodeLoad load,
            int tdpMilliwatts,
            int processors,
            InstantSource clock,
            LongSupplier cpuNanos,
            MetricRegistry metrics) {
        this.identity = identity;
        this.runner = runner;
        this.blobs = blobs;
        this.sensors = sensors;
        this.load = load;
        this.tdpMilliwatts = tdpMilliwatts;
        this.processors = processors;
        this.clock = clock;
        this.cpuNanos = cpuNanos;
        this.metrics = metrics;
    }

    /// The evidence of one run; never throws for what a task, a blob store or a runner does.
    Evidence execute(Assignment lease) {
        var startedAt = clock.millis();
        var meter = sensors.meter();
        var cpu = cpuNanos.getAsLong();
        var start = System.nanoTime();
        var run = withOutputStored(run(lease));
        var wall = System.nanoTime() - start;
        var cpuMicros = cpuMicros(wall, cpu);
        var energy =
                TaskEnergy.of(cpuMicros, wall / NANOS_PER_MICRO, meter, sensors.meter(), tdpMilliwatts, processors);
        load.used(energy.microjoules());
        metrics.timer("task.run").update(wall, TimeUnit.NANOSECONDS);
        metrics.counter("task.outcome." + run.outcome().name().toLowerCase(Locale.ROOT))
                .inc();
        return Evidence.of(
                identity,
                lease,
                run,
                new TaskRun.Cost(startedAt, wall / NANOS_PER_MICRO, cpuMicros, energy.microjoules(), energy.source()));
    }

    private TaskRun run(Assignment lease) {
        try {
            return runner.run(lease);
        } catch (RuntimeException | StackOverflowError defect) {
            LOG.atError()
                    .addKeyValue("taskId", lease.getTaskId())
                    .setCause(defect)
                    .log("the runner failed");
            return TaskRun.nodeFailed("defect of the node: " + defect);
        }
    }

    private TaskRun withOutputStored(TaskRun run) {
        if (!run.outputGoesToBlobStore()) return run;
        try {
            blobs.put(run.output().toArray());
            return run;
        } catch (BlobException refused) {
            return TaskRun.nodeFailed("the output could not be stored: " + refused.getMessage());
        }
    }

    /// A run has one thread, so it used at most its duration.
    private long cpuMicros(long wallNanos, long cpuNanosBefore) {
        return Math.clamp(cpuNanos.getAsLong() - cpuNanosBefore, 0, wallNanos) / NANOS_PER_MICRO;
    }
}
