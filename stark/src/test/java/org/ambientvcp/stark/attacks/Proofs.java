package org.ambientvcp.stark.attacks;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.hash.Drbg;
import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.kernel.Workers;
import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.proof.Proof;
import org.ambientvcp.stark.proof.ProofCodec;
import org.ambientvcp.stark.proof.Statement;
import org.ambientvcp.stark.proof.VerificationKey;
import org.ambientvcp.stark.proof.Words;
import org.ambientvcp.stark.prover.Hardware;
import org.ambientvcp.stark.prover.Progress;
import org.ambientvcp.stark.prover.Prover;
import org.ambientvcp.stark.prover.ProvingKey;
import org.ambientvcp.stark.prover.Strategy;
import org.ambientvcp.stark.security.Profile;
import org.ambientvcp.stark.verifier.Verdict;
import org.ambientvcp.stark.verifier.Verifier;

/// Makes and checks whole proofs, honest or not, with the profile STANDARD, whose smallest tables are the smallest
/// there
/// are. The keys of the last machines are kept.
final class Proofs {
    static final Words CONTEXT = Words.ofText("attack");

    private static final Hardware HARDWARE = new Hardware(Kernels.fastest(), Workers.single());
    private static final int MOST_KEYS = 16;
    private static final Map<Machine, ProvingKey> KEYS = new LinkedHashMap<>(MOST_KEYS, 0.75f, true);

    private Proofs() {}

    static synchronized ProvingKey provingKey(Machine machine) {
        var key = KEYS.computeIfAbsent(machine, made -> ProvingKey.of(made, Profile.STANDARD, HARDWARE));
        if (KEYS.size() > MOST_KEYS) KEYS.remove(KEYS.keySet().iterator().next());
        return key;
    }

    static VerificationKey key(Machine machine) {
        return provingKey(machine).verificationKey();
    }

    static Statement statement(Machine machine, Words publicValues) {
        return Statement.of(key(machine), publicValues, CONTEXT);
    }

    static Proof prove(Execution execution, int seed) {
        return prove(execution.machine(), execution, seed, Strategy.HONEST);
    }

    /// Proves a trace as it is, also of another machine with the same columns.
    static Proof prove(Machine machine, Execution trace, int seed, Strategy strategy) {
        var statement = statement(machine, trace.publicValues());
        return new Prover(provingKey(machine), HARDWARE)
                .prove(statement, trace.copy().tables(), drbg(seed), Progress.SILENT, strategy);
    }

    static Verdict verify(Machine machine, Words publicValues, byte[] proof) {
        return new Verifier(key(machine)).verify(statement(machine, publicValues), proof);
    }

    static Verdict proveAndVerify(Machine machine, Execution trace, Strategy strategy) {
        return verify(machine, trace.publicValues(), ProofCodec.encode(prove(machine, trace, 1, strategy)));
    }

    static Drbg drbg(int seed) {
        var entropy = new byte[32];
        for (var i = 0; i < Integer.BYTES; i++) entropy[i] = (byte) (seed >>> (8 * i));
        return new Drbg(entropy, new byte[16], "attack".getBytes(StandardCharsets.UTF_8));
    }

    static List<Execution> honest() {
        return List.of(FibonacciCheats.honest(), AdderCheats.honest(), RamCheats.honest());
    }
}
