package org.ambientvcp.verifier;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.service.Settings;

/// How a verifier works.
///
/// @param name for people, 1–63 of A–Z a–z 0–9 . _ -
/// @param ownerId who operates it
/// @param parallel jobs judged at once, 1–256
/// @param lock how long a job is this verifier's without a sign of life, 1 s–1 h; brokers take 15 s or more
///     unless told otherwise
/// @param mostDeliveries after so many tries that this and other verifiers could not judge a job its verdict is
///     INCONCLUSIVE, 1–10
/// @param backoff pause before a job that could not be judged is handed back, doubled with every delivery
/// @param wallFactor how many times a task's own wall time a re-execution may take, 1–100
/// @param dataDirectory where the key is kept
public record VerifierConfig(
        String name,
        String ownerId,
        String region,
        int parallel,
        Duration lock,
        int mostDeliveries,
        Duration backoff,
        int wallFactor,
        Path dataDirectory) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    public VerifierConfig {
        if (!NAME.matcher(name).matches())
            throw new InvalidSettingException("VCP_NODE_NAME is not 1–63 of A–Z a–z 0–9 . _ -: " + name);
        requireWord("VCP_OWNER", ownerId);
        requireWord("VCP_REGION", region);
        requireRange("VCP_PARALLEL_VERIFICATIONS", parallel, 1, 256);
        requireRange("VCP_VERIFICATION_LOCK_MILLIS", lock.toMillis(), 1_000, 3_600_000);
        requireRange("VCP_VERIFICATION_DELIVERIES", mostDeliveries, 1, 10);
        requireRange("VCP_VERIFICATION_BACKOFF_MILLIS", backoff.toMillis(), 1, 60_000);
        requireRange("VCP_REEXECUTION_WALL_FACTOR", wallFactor, 1, 100);
    }

    /// Reads the settings of docs/configuration.md, section proof-verifier.
    ///
    /// @throws InvalidSettingException naming the variable, what was expected and what came
    public static VerifierConfig from(Settings settings) {
        return new VerifierConfig(
                settings.text("VCP_NODE_NAME"),
                settings.text("VCP_OWNER"),
                settings.text("VCP_REGION", "local"),
                settings.integer("VCP_PARALLEL_VERIFICATIONS", 2, 1, 256),
                settings.millis("VCP_VERIFICATION_LOCK_MILLIS", 30_000, 1_000, 3_600_000),
                settings.integer("VCP_VERIFICATION_DELIVERIES", 5, 1, 10),
                settings.millis("VCP_VERIFICATION_BACKOFF_MILLIS", 500, 1, 60_000),
                settings.integer("VCP_REEXECUTION_WALL_FACTOR", 4, 1, 100),
                Path.of(settings.text("VCP_DATA_DIR", "verifier-data")));
    }

    /// The file of the verifier's secret key.
    public Path keyFile() {
        return dataDirectory.resolve("node.key");
    }

    private static void requireWord(String setting, String word) {
        if (!WORD.matcher(word).matches())
            throw new InvalidSettingException(setting + " is not 1–63 of a–z 0–9 . _ -: " + word);
    }

    private static void requireRange(String setting, long value, long least, long most) {
        if (value < least || value > most)
            throw new InvalidSettingException(setting + " is not " + least + "–" + most + ": " + value);
    }
}
