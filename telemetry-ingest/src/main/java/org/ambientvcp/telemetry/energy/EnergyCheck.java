package org.ambientvcp.telemetry.energy;

import org.ambientvcp.events.EnergyReading;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.NodeEnergy;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.TelemetrySample;
import org.jspecify.annotations.Nullable;

/// Which energy readings are believed.
///
/// A series is readings of one start of a node, one source and one wrap; a reading of another series is
/// a first one and claims nothing. Within a series counters only grow, tasks never use more than the
/// node, and neither the power now nor the average since the last reading exceeds 1.2 times the node's
/// thermal design power.
///
/// The interval is measured by the node's clock, which the meter was read by: samples may be held up on
/// their way. That clock has to grow within a series and is within ten minutes of the record's time, so
/// over its whole life a series can claim at most twenty minutes too much.
public final class EnergyCheck {
    /// 10^12 J: more than a node uses in a lifetime, less than any sentinel.
    public static final long MAX_MICROJOULES = 1_000_000_000_000_000_000L;

    private static final int PPM = 1_000_000;

    private EnergyCheck() {}

    /// @param last the node's last reading that was believed; null: none
    /// @param sample the sample the reading came in
    public static EnergyFinding check(
            @Nullable MeterReading last,
            TelemetrySample sample,
            EnergyReading reading,
            NodeRegistration registration,
            CarbonIntensity carbon) {
        var limit = limitMilliwatts(registration);
        var problem = problem(reading, limit);
        if (problem != null) return new EnergyFinding.Implausible(problem);
        var meter = new MeterReading(reading, sample.getEpoch(), sample.getObservedAtEpochMillis());
        if (last == null || !isSameSeries(last, meter)) return new EnergyFinding.First(meter);
        return since(last, meter, limit, registration, carbon);
    }

    /// 1.2 times the thermal design power.
    static long limitMilliwatts(NodeRegistration registration) {
        return registration.getTdpMilliwatts() * 12L / 10;
    }

    private static @Nullable String problem(EnergyReading reading, long limit) {
        var wrap = reading.getCounterWrapMicrojoules();
        var counter = reading.getCounterMicrojoules();
        var problem = outside("counterWrapMicrojoules", wrap, MAX_MICROJOULES);
        if (problem == null && wrap > 0 && reading.getSource() != EnergySource.RAPL)
            problem = "counterWrapMicrojoules is not 0, but " + wrap + "; only RAPL wraps, not " + reading.getSource();
        if (problem == null) problem = outside("counterMicrojoules", counter, wrap > 0 ? wrap : MAX_MICROJOULES);
        if (problem == null)
            problem = outside("tasksMicrojoules", reading.getTasksMicrojoules(), wrap > 0 ? MAX_MICROJOULES : counter);
        if (problem == null) problem = outside("uncertaintyPpm", reading.getUncertaintyPpm(), PPM);
        if (problem == null && (reading.getPowerMilliwatts() < 0 || reading.getPowerMilliwatts() > limit))
            problem = "powerMilliwatts is not 0–" + limit + " (1.2 times the TDP): " + reading.getPowerMilliwatts();
        return problem;
    }

    private static @Nullable String outside(String field, long value, long most) {
        return 0 <= value && value <= most ? null : field + " is not 0–" + most + ": " + value;
    }

    private static boolean isSameSeries(MeterReading last, MeterReading now) {
        return last.epoch() == now.epoch()
                && last.reading().getSource() == now.reading().getSource()
                && last.reading().getCounterWrapMicrojoules() == now.reading().getCounterWrapMicrojoules();
    }

    private static EnergyFinding since(
            MeterReading last, MeterReading now, long limit, NodeRegistration registration, CarbonIntensity carbon) {
        var elapsed = now.observedAtEpochMillis() - last.observedAtEpochMillis();
        if (elapsed <= 0)
            return new EnergyFinding.Implausible("observedAtEpochMillis is not after the last reading's "
                    + last.observedAtEpochMillis() + ": " + now.observedAtEpochMillis());
        var before = last.reading().getCounterMicrojoules();
        var after = now.reading().getCounterMicrojoules();
        var wrap = now.reading().getCounterWrapMicrojoules();
        if (after < before && wrap == 0)
            return new EnergyFinding.Implausible("counterMicrojoules went back from " + before + " to " + after);
        var used = after >= before ? after - before : wrap - before + after;
        // 1 mW is 1 µJ per ms, so no unit is converted.
        if (Math.ceilDiv(used, elapsed) > limit)
            return new EnergyFinding.Implausible("average power since the last reading is not 0–" + limit
                    + " mW (1.2 times the TDP): " + used + " µJ in " + elapsed + " ms");
        var tasks = now.reading().getTasksMicrojoules() - last.reading().getTasksMicrojoules();
        if (tasks < 0)
            return new EnergyFinding.Implausible("tasksMicrojoules went back from "
                    + last.reading().getTasksMicrojoules() + " to "
                    + now.reading().getTasksMicrojoules());
        if (tasks > used)
            return new EnergyFinding.Implausible(
                    "tasksMicrojoules grew by " + tasks + ", more than the whole node's " + used);
        var intensity = carbon.milligramsPerKwh(registration.getRegion());
        return new EnergyFinding.Used(
                now,
                NodeEnergy.newBuilder()
                        .setNodeId(registration.getNodeId())
                        .setRegion(registration.getRegion())
                        .setFromEpochMillis(last.observedAtEpochMillis())
                        .setToEpochMillis(now.observedAtEpochMillis())
                        .setMicrojoules(used)
                        .setTasksMicrojoules(tasks)
                        .setAverageMilliwatts(Math.toIntExact(used / elapsed))
                        .setSource(now.reading().getSource())
                        .setUncertaintyPpm(now.reading().getUncertaintyPpm())
                        .setIntensityMilligramsPerKwh(intensity)
                        .setMicrogramsCo2e(CarbonIntensity.micrograms(used, intensity))
                        .build());
    }
}
