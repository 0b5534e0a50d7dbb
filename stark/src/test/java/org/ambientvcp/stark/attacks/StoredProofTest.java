package org.ambientvcp.stark.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import org.ambientvcp.stark.kernel.PlainKernels;
import org.ambientvcp.stark.kernel.Workers;
import org.ambientvcp.stark.machines.ProofFile;
import org.ambientvcp.stark.proof.ProofCodec;
import org.ambientvcp.stark.proof.ProofCodec.Decoding.Decoded;
import org.ambientvcp.stark.proof.Statement;
import org.ambientvcp.stark.proof.Words;
import org.ambientvcp.stark.prover.Hardware;
import org.ambientvcp.stark.prover.ProvingKey;
import org.ambientvcp.stark.verifier.Verdict.Accepted;
import org.ambientvcp.stark.verifier.Verifier;
import org.junit.jupiter.api.Test;

/// A proof that was made once, of the RAM machine, and must be accepted as long as the version is the same. If it is
/// not,
/// the format or the protocol has changed: then the version changes, and this file.
class StoredProofTest {
    @Test
    void aStoredProofIsAccepted() throws IOException {
        var file = ProofFile.decode(stored()).orElseThrow();
        var machine = file.demonstration().machine(file.logRows());
        var key = ProvingKey.of(machine, file.profile(), new Hardware(new PlainKernels(), Workers.single()))
                .verificationKey();
        var proof = file.proof().toArray();

        var verdict =
                new Verifier(key).verify(Statement.of(key, file.publicValues(), Words.ofText(file.context())), proof);

        assertThat(key.digest()).hasToString("62353c00bcc9473c6fe9690c861c1812f800e00fadb09bfa7d112045a31bc9b8");
        assertThat(verdict).isEqualTo(new Accepted(100));
        assertThat(ProofCodec.encode(((Decoded) ProofCodec.decode(proof, key)).proof()))
                .isEqualTo(proof);
    }

    private static byte[] stored() throws IOException {
        try (var stream = Objects.requireNonNull(StoredProofTest.class.getResourceAsStream("ram-v1.proof"))) {
            return stream.readAllBytes();
        }
    }
}
