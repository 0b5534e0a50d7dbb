package org.ambientvcp.stark.attacks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ambientvcp.stark.machines.Adder;
import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.proof.ProofCodec;
import org.ambientvcp.stark.proof.Statement;
import org.ambientvcp.stark.verifier.Verdict;
import org.ambientvcp.stark.verifier.Verdict.Accepted;
import org.ambientvcp.stark.verifier.Verifier;

/// What must hold for any bytes at all: they are no proof of a statement that nobody has proven. A target for Jazzer,
/// see
/// `src/test/fuzz/jazzer.sh`.
///
/// Bytes that begin with an even one are a proof as they are. The others are pairs of a position and a word, to be
/// written into a proof of another statement: so the fuzzer gets past the shape.
public final class ProofFuzzer {
    private static final Execution EXECUTION = Adder.run(12, 12, 1, 2, 3);
    private static final byte[] PROOF = ProofCodec.encode(Proofs.prove(EXECUTION, 1));
    private static final Verifier VERIFIER = new Verifier(Proofs.key(EXECUTION.machine()));
    private static final Statement FALSE =
            Proofs.statement(EXECUTION.machine(), ProofEdit.plusOne(EXECUTION.publicValues(), 1));

    private ProofFuzzer() {}

    /// Jazzer's way in.
    public static void fuzzerTestOneInput(byte[] bytes) {
        if (verdict(bytes) instanceof Accepted) throw new AssertionError("a false statement is accepted");
    }

    static Verdict verdict(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] % 2 == 0)
            return VERIFIER.verify(FALSE, bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length));
        var proof = PROOF.clone();
        var edits = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        var target = ByteBuffer.wrap(proof);
        while (edits.remaining() >= 2 * Integer.BYTES) {
            var at = Math.floorMod(edits.getInt(), proof.length / Integer.BYTES);
            target.putInt(at * Integer.BYTES, edits.getInt());
        }
        return VERIFIER.verify(FALSE, proof);
    }
}
