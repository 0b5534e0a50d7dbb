package org.ambientvcp.benchmarks.cell;

import java.util.concurrent.TimeUnit;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.scheduler.cell.Effects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How many commands a second does one thread apply to a cell, in the mix of a busy day?
///
/// The mix is that of 2,000 tasks/s on 10,000 nodes that send telemetry every 10 s: to each task an offer, a result and
/// a
/// verdict, to each two tasks an update of a node, to each four a tick. Results are decoded, nothing is signed,
/// stored or sent.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class CellThroughputBenchmark {
    @Param({"1250", "10000"})
    int nodes;

    @Param
    Strategy strategy = Strategy.WEIGHTED;

    private CellLoad load = new CellLoad(1, 1, Strategy.WEIGHTED, 1);

    @Setup
    public void fill() {
        load = new CellLoad(nodes, 4, strategy, 42);
    }

    /// The commands of four tasks.
    @Benchmark
    @OperationsPerInvocation(CellLoad.COMMANDS_OF_FOUR_TASKS)
    public Effects mix() {
        return load.fourTasks();
    }
}
