package org.ambientvcp.benchmarks.cell;

import java.util.concurrent.TimeUnit;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.scheduler.cell.Effects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How many microseconds does a cell take to place one task and to free the node again, and for one node's news?
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class PlacementBenchmark {
    @Param({"100", "1000", "10000", "100000"})
    int nodes;

    @Param
    Strategy strategy = Strategy.WEIGHTED;

    private CellLoad load = new CellLoad(1, 1, Strategy.WEIGHTED, 1);

    /// A fifth of the slots is busy.
    @Setup
    public void fill() {
        load = new CellLoad(nodes, 10, strategy, 42);
        for (int task = 0; task < 2 * nodes; task++) load.apply(load.offer());
    }

    /// A task comes, gets a lease at once and is cancelled: two commands.
    @Benchmark
    public Effects leaseAndItsEnd() {
        var offer = load.offer();
        CellLoad.lease(load.apply(offer));
        return load.apply(CellLoad.cancel(offer));
    }

    /// Three leases on nodes of distinct owners and their end: two commands.
    @Benchmark
    public Effects quorumOfThreeAndItsEnd() {
        var offer = load.quorum(3);
        CellLoad.lease(load.apply(offer));
        return load.apply(CellLoad.cancel(offer));
    }

    /// A node's score changes.
    @Benchmark
    public Effects nodeUpdate() {
        return load.apply(load.news());
    }
}
