package org.ambientvcp.stark.prover;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.ambientvcp.stark.hash.Drbg;
import org.ambientvcp.stark.proof.ProofCodec;
import org.ambientvcp.stark.proof.Statement;
import org.ambientvcp.stark.verifier.Verdict;
import org.ambientvcp.stark.verifier.Verifier;

/// Proves one execution until the JVM has compiled the prover: before that, vector code runs a hundred times slower
/// than
/// after. The proofs are a self-test too: each is verified.
///
/// A worker that is to be useful at once proves with plain kernels until this is ready. Not thread-safe, but for
/// [#start].
public final class WarmUp {
    /// Proofs of which none was faster than all before, by a tenth, end the warm-up.
    private static final int SETTLED = 3;

    private final Prover prover;
    private final Verifier verifier;
    private final Statement statement;
    private final Supplier<List<int[][]>> tables;
    private final Supplier<Drbg> secrets;
    private final int most;

    /// What a warm-up came to.
    ///
    /// @param proofNanos how long each proof took, in the order of the proofs
    /// @param settled whether the last proofs took no less than those before; if not, there were as many as allowed
    public record Report(List<Long> proofNanos, boolean settled) {
        public Report {
            proofNanos = List.copyOf(proofNanos);
        }

        public long fastestNanos() {
            return proofNanos.stream().mapToLong(Long::longValue).min().orElseThrow();
        }
    }

    /// @param provingKey of a machine that uses what later ones use: lookups, tables of several heights
    /// @param tables of an execution, new ones each time
    /// @param secrets seeded for each proof, as for any other
    /// @param most proofs, 1 or more
    public WarmUp(
            ProvingKey provingKey,
            Hardware hardware,
            Statement statement,
            Supplier<List<int[][]>> tables,
            Supplier<Drbg> secrets,
            int most) {
        if (most < 1) throw new IllegalArgumentException("most proofs are under 1: " + most);
        prover = new Prover(provingKey, hardware);
        verifier = new Verifier(provingKey.verificationKey());
        this.statement = statement;
        this.tables = tables;
        this.secrets = secrets;
        this.most = most;
    }

    /// Runs on a thread of its own; what is returned is the signal of being ready. It fails with what [#run] throws.
    public CompletableFuture<Report> start() {
        var ready = new CompletableFuture<Report>();
        Thread.ofPlatform().daemon().name("prover-warm-up").start(() -> {
            try {
                ready.complete(run());
            } catch (RuntimeException | Error failure) { // for whoever waits
                ready.completeExceptionally(failure);
            }
        });
        return ready;
    }

    /// @throws IllegalStateException if the verifier refuses a proof: this prover must not be used
    public Report run() {
        var nanos = new ArrayList<Long>();
        var fastest = Long.MAX_VALUE;
        var withoutProgress = 0;
        while (nanos.size() < most && withoutProgress < SETTLED) {
            var took = proveOnce();
            withoutProgress = took < fastest - fastest / 10 ? 0 : withoutProgress + 1;
            fastest = Math.min(fastest, took);
            nanos.add(took);
        }
        return new Report(nanos, withoutProgress == SETTLED);
    }

    private long proveOnce() {
        var trace = tables.get();
        var drbg = secrets.get();
        var start = System.nanoTime();
        var proof = prover.prove(statement, trace, drbg, Progress.SILENT);
        var took = System.nanoTime() - start;
        var verdict = verifier.verify(statement, ProofCodec.encode(proof));
        if (verdict instanceof Verdict.Rejected(var reason))
            throw new IllegalStateException("the prover's proof of the warm-up was refused: " + reason);
        return took;
    }
}
