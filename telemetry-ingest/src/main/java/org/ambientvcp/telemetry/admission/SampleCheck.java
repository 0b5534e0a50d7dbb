package org.ambientvcp.telemetry.admission;

import org.ambientvcp.events.TelemetrySample;
import org.jspecify.annotations.Nullable;

/// What a telemetry sample must be before it counts. Its energy reading is judged apart, so that a bad
/// meter does not silence a node.
public final class SampleCheck {
    /// A node's clock may be this far from the time of the record.
    public static final long MAX_SKEW_MILLIS = 600_000;

    /// 1 Tbit/s.
    public static final int MAX_BANDWIDTH_KBPS = 1_000_000_000;
    /// Ten minutes.
    public static final int MAX_LATENCY_MICROS = 600_000_000;

    public static final int MIN_TEMPERATURE_MILLI_CELSIUS = -100_000;
    public static final int MAX_TEMPERATURE_MILLI_CELSIUS = 200_000;
    public static final int MAX_ERRORS = 1_000_000_000;

    private static final int PPM = 1_000_000;

    private SampleCheck() {}

    /// Why a sample does not count, or null if it does.
    ///
    /// @param last order of the node's last sample that counted; null: none
    /// @param recordMillis timestamp of the record
    public static @Nullable Refusal refusal(TelemetrySample sample, @Nullable EventOrder last, long recordMillis) {
        var problems = new Problems();
        var order = new EventOrder(sample.getEpoch(), sample.getSequence());
        order.check(problems);
        problems.range("bandwidthKbps", sample.getBandwidthKbps(), 0, MAX_BANDWIDTH_KBPS);
        problems.range("latencyMicros", sample.getLatencyMicros(), 0, MAX_LATENCY_MICROS);
        problems.range("cpuFreePpm", sample.getCpuFreePpm(), 0, PPM);
        problems.range("memoryFreePpm", sample.getMemoryFreePpm(), 0, PPM);
        problems.range(
                "temperatureMilliCelsius",
                sample.getTemperatureMilliCelsius(),
                MIN_TEMPERATURE_MILLI_CELSIUS,
                MAX_TEMPERATURE_MILLI_CELSIUS);
        problems.range("consecutiveErrors", sample.getConsecutiveErrors(), 0, MAX_ERRORS);
        problems.range("busySlots", sample.getBusySlots(), 0, RegistrationCheck.MAX_SLOTS);
        problems.range("observedAtEpochMillis", sample.getObservedAtEpochMillis(), 0, EventOrder.MOST);
        var refusal = problems.refusal();
        if (refusal != null) return refusal;
        if (Math.abs(sample.getObservedAtEpochMillis() - recordMillis) > MAX_SKEW_MILLIS)
            return new Refusal(
                    "clock-skew",
                    "observedAtEpochMillis " + sample.getObservedAtEpochMillis() + " is more than " + MAX_SKEW_MILLIS
                            + " ms from the record's timestamp " + recordMillis);
        return last == null || order.isNewerThan(last) ? null : order.replayed(last);
    }
}
