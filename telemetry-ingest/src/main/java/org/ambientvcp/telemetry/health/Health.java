package org.ambientvcp.telemetry.health;

import org.ambientvcp.events.NodeHealth;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.TelemetrySample;
import org.jspecify.annotations.Nullable;

/// Health of a node from sample to sample and from verdict to verdict.
///
/// Time is event time, the timestamp of the record: the node's own clock may be wrong, and one rule for
/// all nodes makes a replay of the topic give the same history. It never runs backwards.
public final class Health {
    private Health() {}

    /// Health after a sample that passed its checks.
    ///
    /// @param last null: this is the node's first sample
    /// @param powerMilliwatts power by a reading that is believed; null: none
    /// @param recordMillis timestamp of the sample's record
    public static HealthState afterSample(
            @Nullable HealthState last,
            NodeRegistration registration,
            @Nullable Reputation reputation,
            TelemetrySample sample,
            @Nullable Integer powerMilliwatts,
            long recordMillis) {
        var now = last == null ? recordMillis : eventTime(last, recordMillis);
        var bandwidth = smooth(last == null ? null : last.bandwidthKbps(), sample.getBandwidthKbps(), now);
        var latency = smooth(last == null ? null : last.latencyMicros(), sample.getLatencyMicros(), now);
        var freePpm = HealthScore.computePpm(sample.getCpuFreePpm(), sample.getMemoryFreePpm());
        var compute = smooth(last == null ? null : last.computePpm(), freePpm, now);
        var bandwidthKbps = sample.getBandwidthKbps() == null || bandwidth == null ? null : bandwidth.value();
        var latencyMicros = sample.getLatencyMicros() == null || latency == null ? null : latency.value();
        var vitals = new CircuitBreaker.Vitals(
                sample.getTemperatureMilliCelsius(), latencyMicros, sample.getConsecutiveErrors());
        var breaker = CircuitBreaker.afterSample(last == null ? BreakerState.closed(now) : last.breaker(), vitals, now);

        var health = NodeHealth.newBuilder()
                .setNodeId(registration.getNodeId())
                .setName(registration.getName())
                .setCell(registration.getCell())
                .setBandwidthPpm(bandwidthKbps == null ? null : (Integer) HealthScore.bandwidthPpm(bandwidthKbps))
                .setLatencyPpm(latencyMicros == null ? null : (Integer) HealthScore.latencyPpm(latencyMicros))
                .setComputePpm(freePpm == null || compute == null ? null : (Integer) compute.value())
                .setSmoothedBandwidthKbps(bandwidthKbps)
                .setSmoothedLatencyMicros(latencyMicros)
                .setTemperatureMilliCelsius(sample.getTemperatureMilliCelsius())
                .setConsecutiveErrors(sample.getConsecutiveErrors())
                .setBusySlots(sample.getBusySlots())
                .setPowerMilliwatts(powerMilliwatts)
                .setEpoch(sample.getEpoch())
                .setSequence(sample.getSequence())
                .setSampledAtEpochMillis(now);
        return new HealthState(finish(health, reputation, breaker), breaker, bandwidth, latency, compute);
    }

    /// Health after the node's verdicts have changed; the last sample's components stay.
    ///
    /// @param before reputation so far; null: none
    /// @param recordMillis timestamp of the reputation's record
    public static HealthState afterVerdicts(
            HealthState last, @Nullable Reputation before, Reputation after, long recordMillis) {
        var none = new Reputation(after.getNodeId(), 0L, 0L, 0L, 0L);
        var breaker = CircuitBreaker.afterVerdicts(
                last.breaker(), before == null ? none : before, after, eventTime(last, recordMillis));
        return new HealthState(
                finish(NodeHealth.newBuilder(last.published()), after, breaker),
                breaker,
                last.bandwidthKbps(),
                last.latencyMicros(),
                last.computePpm());
    }

    /// Timestamp of a record, but never before the last sample.
    public static long eventTime(HealthState last, long recordMillis) {
        return Math.max(last.published().getSampledAtEpochMillis(), recordMillis);
    }

    private static @Nullable Smoothed smooth(@Nullable Smoothed last, @Nullable Integer sample, long now) {
        return sample == null ? last : Smoothing.next(last, sample, now);
    }

    private static NodeHealth finish(NodeHealth.Builder health, @Nullable Reputation reputation, BreakerState breaker) {
        var reputationPpm = reputation == null
                ? HealthScore.reputationPpm(0, 0, 0)
                : HealthScore.reputationPpm(reputation.getAccepted(), reputation.getFailed(), reputation.getDisputes());
        return health.setReputationPpm(reputationPpm)
                .setScorePpm(HealthScore.scorePpm(
                        health.getBandwidthPpm(), health.getLatencyPpm(), health.getComputePpm(), reputationPpm))
                .setBreaker(breaker.breaker())
                .setBreakerReason(breaker.reason())
                .setBreakerSinceEpochMillis(breaker.sinceEpochMillis())
                .build();
    }
}
