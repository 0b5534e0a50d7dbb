package org.ambientvcp.worker;

import java.math.BigInteger;
import org.ambientvcp.events.EnergySource;
import org.jspecify.annotations.Nullable;

/// Energy of one run. Pure functions in whole microjoules, rounded down.
///
/// Measured: what the node's meter grew during the run, times the run's share of the processor time the
/// machine could have given: `delta · cpu / (wall · processors)`.
///
/// Model, if there is no meter or the meter is a model itself: `cpu · tdp / processors`, that is, a processor
/// that works takes its share of the thermal design power and one that waits takes nothing. Such figures
/// have a standard uncertainty of 30 %.
final class TaskEnergy {
    /// Of the model, parts per million.
    static final int MODEL_UNCERTAINTY_PPM = 300_000;

    private static final long MILLIWATT_MICROSECONDS_PER_MICROJOULE = 1_000;

    /// @param microjoules ≥ 0
    record Attribution(long microjoules, EnergySource source) {}

    private TaskEnergy() {}

    /// @param cpuMicros processor time of the run
    /// @param wallMicros its duration
    /// @param before meter at its start; null without a meter
    /// @param after meter at its end; null without a meter
    static Attribution of(
            long cpuMicros,
            long wallMicros,
            Sensors.@Nullable Meter before,
            Sensors.@Nullable Meter after,
            int tdpMilliwatts,
            int processors) {
        if (before == null
                || after == null
                || after.source() == EnergySource.MODEL
                || before.source() != after.source())
            return new Attribution(model(cpuMicros, tdpMilliwatts, processors), EnergySource.MODEL);
        var delta = Math.max(0, after.counterMicrojoules() - before.counterMicrojoules());
        var available = Math.multiplyExact(Math.max(1, wallMicros), processors);
        return new Attribution(scaled(delta, Math.min(cpuMicros, available), available), after.source());
    }

    /// Energy by the model.
    static long model(long cpuMicros, int tdpMilliwatts, int processors) {
        return scaled(cpuMicros, tdpMilliwatts, Math.multiplyExact(MILLIWATT_MICROSECONDS_PER_MICROJOULE, processors));
    }

    private static long scaled(long value, long numerator, long denominator) {
        return BigInteger.valueOf(value)
                .multiply(BigInteger.valueOf(numerator))
                .divide(BigInteger.valueOf(denominator))
                .longValueExact();
    }
}
