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
/// @param carbon grid intensity by region
public record TelemetryConfig(StreamsOptions streams, int scoreStepPpm, CarbonIntensity carbon) {
    private static final String APPLICATION_ID = "vcp-telemetry";
    private static final int PPM = 1_000_000;
    private static final int DEFAULT_SCORE_STEP_PPM = 10_000;
    private static final long DEFAULT_COMMIT_MILLIS = 100;

    public TelemetryConfig {
        if (scoreStepPpm < 1 || scoreStepPpm > PPM)
            throw new IllegalArgumentException("scoreStepPpm is not 1–" + PPM + ": " + scoreStepPpm);
    }

    /// Reads VCP_TELEMETRY_COMMIT_MILLIS, VCP_SCORE_STEP_PPM, VCP_CARBON_INTENSITY and what [StreamsOptions] reads.
    ///
    /// @throws InvalidSettingException if one of them is not what it should be
    public static TelemetryConfig from(Settings settings) {
        var commit = settings.millis("VCP_TELEMETRY_COMMIT_MILLIS", DEFAULT_COMMIT_MILLIS, 1, 60_000);
        return new TelemetryConfig(
                streams(settings, commit),
                settings.integer("VCP_SCORE_STEP_PPM", DEFAULT_SCORE_STEP_PPM, 1, PPM),
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
