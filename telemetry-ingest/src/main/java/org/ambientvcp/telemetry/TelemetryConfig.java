package org.ambientvcp.telemetry;

import java.time.Duration;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.service.Settings;
import org.ambientvcp.service.StreamsOptions;
import org.ambientvcp.telemetry.energy.CarbonIntensity;

/// Settings of telemetry-ingest.
///
/// @param streams how the Streams application runs
/// @param scoreStepPpm a score that moves by this much is news to the cell, 1–1,000,000
/// @param forgetAfter a node that was silent for so long, by event time, is forgotten; ≥ 1 minute
/// @param carbon grid intensity by region
public record TelemetryConfig(StreamsOptions streams, int scoreStepPpm, Duration forgetAfter, CarbonIntensity carbon) {
    private static final String APPLICATION_ID = "vcp-telemetry";
    private static final int PPM = 1_000_000;
    private static final int DEFAULT_SCORE_STEP_PPM = 10_000;
    private static final long DEFAULT_COMMIT_MILLIS = 100;
    private static final long DEFAULT_FORGET_MILLIS = Duration.ofDays(30).toMillis();
    private static final long LEAST_FORGET_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final long MOST_FORGET_MILLIS = Duration.ofDays(3_650).toMillis();

    public TelemetryConfig {
        if (scoreStepPpm < 1 || scoreStepPpm > PPM)
            throw new IllegalArgumentException("scoreStepPpm is not 1–" + PPM + ": " + scoreStepPpm);
        if (forgetAfter.toMillis() < LEAST_FORGET_MILLIS)
            throw new IllegalArgumentException("forgetAfter is under a minute: " + forgetAfter);
    }

    /// Reads VCP_TELEMETRY_COMMIT_MILLIS, VCP_SCORE_STEP_PPM, VCP_TELEMETRY_FORGET_MILLIS, VCP_CARBON_INTENSITY and
    /// what [StreamsOptions] reads.
    ///
    /// @throws InvalidSettingException if one of them is not what it should be
    public static TelemetryConfig from(Settings settings) {
        var commit = settings.millis("VCP_TELEMETRY_COMMIT_MILLIS", DEFAULT_COMMIT_MILLIS, 1, 60_000);
        return new TelemetryConfig(
                streams(settings, commit),
                settings.integer("VCP_SCORE_STEP_PPM", DEFAULT_SCORE_STEP_PPM, 1, PPM),
                settings.millis(
                        "VCP_TELEMETRY_FORGET_MILLIS", DEFAULT_FORGET_MILLIS, LEAST_FORGET_MILLIS, MOST_FORGET_MILLIS),
                carbon(settings));
    }

    private static StreamsOptions streams(Settings settings, Duration commit) {
        return StreamsOptions.from(settings, APPLICATION_ID, true, commit);
    }

    private static CarbonIntensity carbon(Settings settings) {
        var name = "VCP_CARBON_INTENSITY";
        try {
            return CarbonIntensity.DEFAULT.with(settings.list(name));
        } catch (IllegalArgumentException wrong) {
            throw new InvalidSettingException(name + ": " + wrong.getMessage());
        }
    }
}
