package org.ambientvcp.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ambientvcp.stark.hash.Drbg;
import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.kernel.Workers;
import org.ambientvcp.stark.machines.Demonstration;
import org.ambientvcp.stark.machines.ProofFile;
import org.ambientvcp.stark.proof.ProofCodec;
import org.ambientvcp.stark.proof.Statement;
import org.ambientvcp.stark.proof.Words;
import org.ambientvcp.stark.prover.Hardware;
import org.ambientvcp.stark.prover.Phase;
import org.ambientvcp.stark.prover.Progress;
import org.ambientvcp.stark.prover.Prover;
import org.ambientvcp.stark.prover.ProvingKey;
import org.ambientvcp.stark.security.Profile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Proves a run of a demonstration machine on random secrets. Needs no gateway.
@Command(
        name = "prove-demo",
        description = {
            "Prove a run of a demonstration machine without showing its secrets: fibonacci, adder, ram or sha256.",
            "Experimental: the proof system has not been reviewed. docs/proof.md says what is claimed."
        },
        mixinStandardHelpOptions = true)
final class ProveDemoCommand implements Callable<Integer> {
    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "NAME", description = "fibonacci, adder, ram or sha256.")
    private String name = "";

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "65536",
            description =
                    "Rows of the execution, 4096 to 1048576, rounded up to a power of two. Default: ${DEFAULT-VALUE}")
    private int rows = 65_536;

    @Option(
            names = "--profile",
            paramLabel = "P",
            defaultValue = "STANDARD",
            description = "FAST, STANDARD, COMPACT or HIGH_128. Default: ${DEFAULT-VALUE}")
    private String profileName = "STANDARD";

    @Option(
            names = "--context",
            paramLabel = "TEXT",
            defaultValue = "demo",
            description = "What the proof is for; it is bound to it. Default: ${DEFAULT-VALUE}")
    private String context = "demo";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to prove with. Default: the number of processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write the proof. Default: NAME.proof")
    private @Nullable Path out;

    @Override
    public Integer call() {
        var demonstration = Demonstration.named(name)
                .orElseThrow(() -> usage("NAME is not one of " + Demonstration.names() + ": " + name));
        var profile = Profile.ofName(profileName).orElseThrow(() -> usage("--profile is unknown: " + profileName));
        if (rows < 1 || rows > 1 << ProofFile.MOST_LOG_ROWS)
            throw usage("--rows is not 1–" + (1 << ProofFile.MOST_LOG_ROWS) + ": " + rows);
        if (threads < 1 || threads > 256) throw usage("--threads is not 1–256: " + threads);
        if (context.contains("\n")) throw usage("--context is more than one line");
        var logRows = Math.max(profile.parameters().logMinHeight(), 32 - Integer.numberOfLeadingZeros(rows - 1));
        var file = out == null ? Path.of(name + ".proof") : out;
        try (var workers = new Workers(threads)) {
            return prove(demonstration, logRows, profile, new Hardware(Kernels.fastest(), workers), file);
        }
    }

    private int prove(Demonstration demonstration, int logRows, Profile profile, Hardware hardware, Path file) {
        var random = new SecureRandom();
        var err = output.err();
        var keyStart = System.nanoTime();
        var provingKey = ProvingKey.of(demonstration.machine(logRows), profile, hardware);
        err.println("key          " + seconds(keyStart));
        var runStart = System.nanoTime();
        var execution = demonstration.run(logRows, random);
        err.println("run          " + seconds(runStart));
        var statement = Statement.of(provingKey.verificationKey(), execution.publicValues(), Words.ofText(context));
        var progress = new PhaseTimes(err);
        var start = System.nanoTime();
        var proof = ProofCodec.encode(
                new Prover(provingKey, hardware).prove(statement, execution.tables(), drbg(random), progress));
        progress.end();
        var proofFile = new ProofFile(
                demonstration, logRows, profile, execution.publicValues(), context, ProofFile.Bytes.of(proof));
        write(file, proofFile.encode());
        var millis = (System.nanoTime() - start) / 1_000_000;
        if (output.isJson())
            output.json(GatewayClient.JSON
                    .createObjectNode()
                    .put("machine", demonstration.machineName())
                    .put("rows", 1 << logRows)
                    .put("profile", profile.name())
                    .put("proofBytes", proof.length)
                    .put("millis", millis)
                    .put("file", file.toString()));
        else
            output.out()
                    .printf(
                            Locale.ROOT,
                            "Proved %s, 2^%d rows, in %.2f s: %,d bytes in %s%n",
                            demonstration.machineName(),
                            logRows,
                            millis / 1e3,
                            proof.length,
                            file);
        return ExitCode.OK;
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "cannot write " + file + ": " + e.getMessage());
        }
    }

    /// Seeded for this proof alone.
    private static Drbg drbg(SecureRandom random) {
        var entropy = new byte[32];
        var nonce = new byte[16];
        random.nextBytes(entropy);
        random.nextBytes(nonce);
        return new Drbg(entropy, nonce, "vcp prove-demo".getBytes(StandardCharsets.UTF_8));
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    private static String seconds(long start) {
        return String.format(Locale.ROOT, "%6.2f s", (System.nanoTime() - start) / 1e9);
    }

    /// Says what is being done and how long it took.
    private static final class PhaseTimes implements Progress {
        private final PrintWriter err;
        private @Nullable Phase current;
        private long since;

        PhaseTimes(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void begins(Phase phase) {
            end();
            current = phase;
            since = System.nanoTime();
            err.print(String.format(Locale.ROOT, "%-12s ", phase.name().toLowerCase(Locale.ROOT)));
            err.flush();
        }

        void end() {
            if (current != null) err.println(seconds(since));
            err.flush();
            current = null;
        }
    }
}
