package org.ambientvcp.benchmarks.wasm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ambientvcp.wasm.Bytes;
import org.ambientvcp.wasm.Execution;
import org.ambientvcp.wasm.Invocation;
import org.ambientvcp.wasm.RunLimits;
import org.ambientvcp.wasm.Value;

/// What a worker is given over time: the same few modules again and again, and many that it has not seen for long or
/// never. Immutable.
final class Jobs {
    /// Length of a section's content that fits into one byte of LEB128.
    private static final int MOST_SECTION_BYTES = 127;

    /// One task.
    ///
    /// @param check throws [IllegalStateException] if the execution is not what it has to be
    @SuppressWarnings("ArrayRecordComponent") // shared, never written
    record Job(byte[] module, String sha256, Invocation invocation, Consumer<Execution> check) {
        Job(byte[] module, Invocation invocation, Consumer<Execution> check) {
            this(module, Bytes.of(module).sha256(), invocation, check);
        }
    }

    private final List<Job> frequent;
    private final List<Job> rare;

    /// @param variants how many modules are made of each program, all different by hash
    Jobs(int variants) {
        frequent = variant(0);
        var others = new ArrayList<Job>();
        for (var number = 1; number < variants; number++) others.addAll(variant(number));
        rare = List.copyOf(others);
    }

    /// Every second one is frequent.
    Job next(RandomGenerator random) {
        var from = random.nextBoolean() ? frequent : rare;
        return from.get(random.nextInt(from.size()));
    }

    private static List<Job> variant(int number) {
        var jobs = new ArrayList<Job>();
        for (var kernel : Kernel.set()) {
            var module = numbered(Modules.read(kernel.title()), number);
            jobs.add(job(module, kernel, kernel.timed()));
            jobs.add(job(module, kernel, kernel.small()));
        }
        var report = new Report();
        jobs.add(new Job(numbered(report.module(), number), report.invocation(), Report::check));
        return List.copyOf(jobs);
    }

    private static Job job(byte[] module, Kernel kernel, Kernel.Work work) {
        var invocation = Runs.call(RunLimits.DEFAULT.gas(), "run", Value.i32(work.amount()));
        return new Job(
                module, invocation, execution -> work.check(Runs.result(Runs.completed(execution)), kernel.title()));
    }

    /// The module with a custom section more, which changes nothing but the hash.
    private static byte[] numbered(byte[] module, int number) {
        var name = ("variant " + number).getBytes(US_ASCII);
        if (name.length + 1 > MOST_SECTION_BYTES) throw new IllegalArgumentException("too long a name");
        var longer = new byte[module.length + 3 + name.length];
        System.arraycopy(module, 0, longer, 0, module.length);
        longer[module.length] = 0; // a custom section
        longer[module.length + 1] = (byte) (name.length + 1);
        longer[module.length + 2] = (byte) name.length;
        System.arraycopy(name, 0, longer, module.length + 3, name.length);
        return longer;
    }
}
