package org.ambientvcp.service;

import java.nio.file.Path;
import java.time.Duration;

/// How a Kafka Streams application runs.
///
/// @param applicationId also the consumer group and the prefix of internal topics
/// @param exactlyOnce whether outputs, offsets and state commit together (exactly_once_v2), else at least once
/// @param commitInterval how long outputs may wait for their commit
/// @param threads stream threads, ≥ 1
/// @param stateDirectory where state stores are kept
/// @param replicas copies of internal topics, ≥ 1
/// @param standbys warm copies of every store, ≥ 0
public record StreamsOptions(
        String applicationId,
        boolean exactlyOnce,
        Duration commitInterval,
        int threads,
        Path stateDirectory,
        int replicas,
        int standbys) {

    public StreamsOptions {
        if (applicationId.isBlank()) throw new IllegalArgumentException("applicationId is blank");
        if (commitInterval.isNegative())
            throw new IllegalArgumentException("commitInterval is negative: " + commitInterval);
        if (threads < 1) throw new IllegalArgumentException("threads is not positive: " + threads);
        if (replicas < 1) throw new IllegalArgumentException("replicas is not positive: " + replicas);
        if (standbys < 0) throw new IllegalArgumentException("standbys is negative: " + standbys);
    }

    /// Reads VCP_STATE_DIR, VCP_STREAM_THREADS, VCP_REPLICATION_FACTOR and VCP_STANDBY_REPLICAS.
    public static StreamsOptions from(
            Settings settings, String applicationId, boolean exactlyOnce, Duration commitInterval) {
        return new StreamsOptions(
                applicationId,
                exactlyOnce,
                commitInterval,
                settings.integer("VCP_STREAM_THREADS", 1, 1, 64),
                Path.of(settings.text("VCP_STATE_DIR", "state")).resolve(applicationId),
                settings.integer("VCP_REPLICATION_FACTOR", 1, 1, 9),
                settings.integer("VCP_STANDBY_REPLICAS", 0, 0, 9));
    }
}
