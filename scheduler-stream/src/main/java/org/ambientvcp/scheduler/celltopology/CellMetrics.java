package org.ambientvcp.scheduler.celltopology;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.scheduler.cell.Cell;
import org.ambientvcp.scheduler.cell.Effects;

/// What cells count: `scheduler.cell.…` for all cells of the process, `scheduler.cell.N.…` for one.
final class CellMetrics implements AutoCloseable {
    private static final String ALL = "scheduler.cell.";

    private final MetricRegistry metrics;
    private final String queued;
    private final String leased;
    private volatile int queuedTasks;
    private volatile int leasedTasks;
    private final Cell cell;

    CellMetrics(MetricRegistry metrics, int number, Cell cell) {
        this.metrics = metrics;
        this.cell = cell;
        queued = ALL + number + ".queued-tasks";
        leased = ALL + number + ".leased-tasks";
        close(); // a cell that was here before
        look();
        metrics.register(queued, (Gauge<Integer>) () -> queuedTasks);
        metrics.register(leased, (Gauge<Integer>) () -> leasedTasks);
    }

    /// Measures the time of one command; ends when closed.
    Timer.Context time() {
        return metrics.timer(ALL + "apply").time();
    }

    void count(CellCommand command, Effects effects) {
        var granted = effects.assignments().stream()
                .filter(assignment -> assignment.value().getKind() == AssignmentKind.EXECUTE)
                .count();
        metrics.counter(ALL + "assignments").inc(granted);
        metrics.counter(ALL + "ignored").inc(effects.ignored());
        if (command.getBody() instanceof ResultReceived && effects.ignored() == 0)
            metrics.counter(ALL + (effects.refusals().isEmpty() ? "results-taken" : "results-refused"))
                    .inc();
        look();
    }

    void refused() {
        metrics.counter(ALL + "dead-letters").inc();
    }

    /// Gauges are read by other threads, which must not look into the cell.
    private void look() {
        queuedTasks = cell.queuedTasks();
        leasedTasks = cell.leasedTasks();
    }

    @Override
    public void close() {
        metrics.remove(queued);
        metrics.remove(leased);
    }
}
