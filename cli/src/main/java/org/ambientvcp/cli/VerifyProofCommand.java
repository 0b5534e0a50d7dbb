package org.ambientvcp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.kernel.PlainKernels;
import org.ambientvcp.stark.kernel.Workers;
import org.ambientvcp.stark.machines.ProofFile;
import org.ambientvcp.stark.proof.Statement;
import org.ambientvcp.stark.proof.VerificationKey;
import org.ambientvcp.stark.proof.Words;
import org.ambientvcp.stark.prover.Hardware;
import org.ambientvcp.stark.prover.ProvingKey;
import org.ambientvcp.stark.verifier.Verdict;
import org.ambientvcp.stark.verifier.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Checks a proof that `vcp prove-demo` made, on this machine alone: the key is computed, not taken from the file.
@Command(
        name = "verify-proof",
        description = {
            "Check a proof made by prove-demo, on this machine alone.",
            "Experimental: the proof system has not been reviewed. docs/proof.md says what is claimed."
        },
        mixinStandardHelpOptions = true)
final class VerifyProofCommand implements Callable<Integer> {
    private static final long MOST_BYTES = 32L << 20;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "FILE", description = "The file that prove-demo wrote.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        var proofFile = ProofFile.decode(read())
                .orElseThrow(() -> new CommandFailure(ExitCode.FAILED, file + " is no proof of prove-demo"));
        // One proof is not worth waiting for vector code to be compiled.
        var hardware = new Hardware(new PlainKernels(), Workers.single());
        var machine = proofFile.demonstration().machine(proofFile.logRows());
        var key = keyOf(machine, proofFile, hardware);
        var statement = Statement.of(key, proofFile.publicValues(), Words.ofText(proofFile.context()));
        var start = System.nanoTime();
        var verdict = new Verifier(key).verify(statement, proofFile.proof().toArray());
        var millis = (System.nanoTime() - start) / 1e6;
        print(proofFile, verdict, millis);
        return verdict instanceof Verdict.Accepted ? ExitCode.OK : ExitCode.FAILED;
    }

    private VerificationKey keyOf(Machine machine, ProofFile proofFile, Hardware hardware) {
        try {
            return ProvingKey.of(machine, proofFile.profile(), hardware).verificationKey();
        } catch (IllegalArgumentException e) { // a profile that cannot prove so few rows
            throw new CommandFailure(ExitCode.FAILED, file + " is no proof of prove-demo: " + e.getMessage());
        }
    }

    private void print(ProofFile proofFile, Verdict verdict, double millis) {
        if (output.isJson()) {
            var answer = GatewayClient.JSON
                    .createObjectNode()
                    .put("machine", proofFile.demonstration().machineName())
                    .put("profile", proofFile.profile().name())
                    .put("context", proofFile.context())
                    .put("proofBytes", proofFile.proof().size())
                    .put("millis", Math.round(millis))
                    .put("holds", verdict instanceof Verdict.Accepted);
            var values = answer.putArray("publicValues");
            for (var value : proofFile.publicValues().toArray()) values.add(value);
            switch (verdict) {
                case Verdict.Accepted(var bits) -> answer.put("securityBits", bits);
                case Verdict.Rejected(var reason) -> answer.put("reason", reason.toString());
            }
            output.json(answer);
            return;
        }
        var out = output.out();
        out.println("machine   " + proofFile.demonstration().machineName() + ": "
                + proofFile.demonstration().claim());
        out.println("public    " + values(proofFile.publicValues()));
        out.println("context   " + proofFile.context());
        switch (verdict) {
            case Verdict.Accepted(var bits) ->
                out.printf(
                        Locale.ROOT,
                        "The proof holds: %d provable bits (%s), %,d bytes, checked in %.0f ms. Experimental, not"
                                + " reviewed.%n",
                        bits,
                        proofFile.profile().name(),
                        proofFile.proof().size(),
                        millis);
            case Verdict.Rejected(var reason) -> out.println("The proof does not hold: " + reason);
        }
    }

    private static String values(Words words) {
        var text = new StringBuilder();
        for (var value : words.toArray()) text.append(value).append(' ');
        return text.toString().strip();
    }

    private byte[] read() {
        try {
            if (Files.size(file) > MOST_BYTES)
                throw new CommandFailure(ExitCode.FAILED, file + " is more than 32 MiB: no proof is");
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "cannot read " + file + ": " + e.getMessage());
        }
    }
}
