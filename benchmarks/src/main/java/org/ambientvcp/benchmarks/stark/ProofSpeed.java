package org.ambientvcp.benchmarks.stark;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ambientvcp.stark.hash.Drbg;
import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.kernel.PlainKernels;
import org.ambientvcp.stark.kernel.Workers;
import org.ambientvcp.stark.proof.ProofCodec;
import org.ambientvcp.stark.proof.Statement;
import org.ambientvcp.stark.proof.Words;
import org.ambientvcp.stark.prover.Hardware;
import org.ambientvcp.stark.prover.Phase;
import org.ambientvcp.stark.prover.Progress;
import org.ambientvcp.stark.prover.Prover;
import org.ambientvcp.stark.prover.ProvingKey;
import org.ambientvcp.stark.security.Profile;
import org.ambientvcp.stark.verifier.Verdict.Accepted;
import org.ambientvcp.stark.verifier.Verifier;
import org.jspecify.annotations.Nullable;

/// How many rows per second are proven, how many milliseconds does a check take, how many bytes is a proof? One table
/// of 24 columns and 16 interactions ([WideMachine]), zero knowledge on.
///
/// Arguments: binary logarithm of the rows, profile, threads, `vector` or `plain`, number of proofs. Prints a line of
/// the first proof (cold), of the median of the others, and of the phases of that one, in milliseconds of wall time.
public final class ProofSpeed {
    private ProofSpeed() {}

    public static void main(String[] arguments) {
        var logRows = Integer.parseInt(arguments[0]);
        var profile = Profile.ofName(arguments[1]).orElseThrow();
        var threads = Integer.parseInt(arguments[2]);
        var kernels = arguments[3].equals("plain") ? new PlainKernels() : Kernels.fastest();
        var proofs = Integer.parseInt(arguments[4]);
        try (var workers = new Workers(threads)) {
            var runs = measure(logRows, profile, new Hardware(kernels, workers), proofs);
            print(logRows, profile, arguments[3], threads, runs);
        }
    }

    private record Run(long proveNanos, long verifyNanos, int bytes, EnumMap<Phase, Long> phases) {}

    private static List<Run> measure(int logRows, Profile profile, Hardware hardware, int proofs) {
        var provingKey = ProvingKey.of(WideMachine.machine(), profile, hardware);
        var prover = new Prover(provingKey, hardware);
        var verifier = new Verifier(provingKey.verificationKey());
        var statement = Statement.of(provingKey.verificationKey(), Words.EMPTY, Words.ofText("benchmark"));
        var runs = new ArrayList<Run>();
        for (var i = 0; i < proofs; i++) {
            var trace = WideMachine.trace(logRows, i);
            var clock = new PhaseClock();
            var start = System.nanoTime();
            var proof = ProofCodec.encode(prover.prove(
                    statement,
                    List.<int[][]>of(trace),
                    new Drbg(new byte[32], new byte[16], new byte[] {(byte) i}),
                    clock));
            var proven = System.nanoTime();
            clock.end();
            var verifying = System.nanoTime();
            var verdict = verifier.verify(statement, proof);
            var verified = System.nanoTime();
            if (!(verdict instanceof Accepted)) throw new IllegalStateException("honest proof: " + verdict);
            runs.add(new Run(proven - start, verified - verifying, proof.length, clock.nanos));
        }
        return runs;
    }

    private static void print(int logRows, Profile profile, String kernels, int threads, List<Run> runs) {
        var warm = runs.subList(Math.min(1, runs.size() - 1), runs.size()).stream()
                .sorted((a, b) -> Long.compare(a.proveNanos, b.proveNanos))
                .toList();
        var median = warm.get(warm.size() / 2);
        var checks = warm.stream().mapToLong(Run::verifyNanos).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "2^%d %s %s %d thread(s): cold %.0f ms, median %.0f ms = %,.0f rows/s; check cold %.0f ms, median %.1f"
                        + " ms; %,d bytes; peak heap %,d MB%n",
                logRows,
                profile.name(),
                kernels,
                threads,
                runs.getFirst().proveNanos / 1e6,
                median.proveNanos / 1e6,
                (1 << logRows) / (median.proveNanos / 1e9),
                runs.getFirst().verifyNanos / 1e6,
                checks[checks.length / 2] / 1e6,
                median.bytes,
                peakHeap() >> 20);
        System.out.println("  "
                + median.phases.entrySet().stream()
                        .map(entry -> String.format(
                                Locale.ROOT,
                                "%s %.0f",
                                entry.getKey().name().toLowerCase(Locale.ROOT),
                                entry.getValue() / 1e6))
                        .collect(Collectors.joining(", ")));
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private static final class PhaseClock implements Progress {
        private final EnumMap<Phase, Long> nanos = new EnumMap<>(Phase.class);
        private @Nullable Phase current;
        private long since;

        @Override
        public void begins(Phase phase) {
            end();
            current = phase;
            since = System.nanoTime();
        }

        void end() {
            if (current != null) nanos.put(current, System.nanoTime() - since);
            current = null;
        }
    }
}
