package org.ambientvcp.worker;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.ambientvcp.events.EnergyReading;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.TelemetrySample;
import org.jspecify.annotations.Nullable;

/// The node's telemetry, sample by sample. Used by one thread; knows no Kafka.
final class Samples {
    private static final long NANOS_PER_MICRO = 1_000;

    private final String nodeId;
    private final long epoch;
    private final int tdpMilliwatts;
    private final Sensors sensors;
    private final NodeLoad load;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private long sequence;
    private Sensors.@Nullable Meter lastMeter;
    private long lastNanos;
    private long lastTasksMicrojoules;

    Samples(
            String nodeId,
            long epoch,
            int tdpMilliwatts,
            Sensors sensors,
            NodeLoad load,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.nodeId = nodeId;
        this.epoch = epoch;
        this.tdpMilliwatts = tdpMilliwatts;
        this.sensors = sensors;
        this.load = load;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /// Measures now.
    TelemetrySample next() {
        // Before the meter: what tasks have used is never more than what the meter, read later, shows for them.
        var tasks = load.tasksMicrojoules();
        var readings = sensors.sample();
        return TelemetrySample.newBuilder()
                .setNodeId(nodeId)
                .setEpoch(epoch)
                .setSequence(++sequence)
                .setObservedAtEpochMillis(clock.millis())
                .setBandwidthKbps(readings.bandwidthKbps())
                .setLatencyMicros(readings.latencyMicros())
                .setCpuFreePpm(readings.cpuFreePpm())
                .setMemoryFreePpm(readings.memoryFreePpm())
                .setTemperatureMilliCelsius(readings.temperatureMilliCelsius())
                .setConsecutiveErrors(load.consecutiveErrors())
                .setBusySlots(load.busySlots())
                .setEnergy(energy(sensors.meter(), tasks))
                .build();
    }

    private @Nullable EnergyReading energy(Sensors.@Nullable Meter meter, long tasksMicrojoules) {
        if (meter == null) return null;
        var now = nanoTime.getAsLong();
        var tasks = believable(tasksMicrojoules, meter);
        var reading = EnergyReading.newBuilder()
                .setSource(meter.source())
                .setCounterMicrojoules(meter.counterMicrojoules())
                .setTasksMicrojoules(tasks)
                .setPowerMilliwatts(power(meter, now))
                .setUncertaintyPpm(meter.uncertaintyPpm())
                .build();
        lastMeter = meter;
        lastNanos = now;
        lastTasksMicrojoules = tasks;
        return reading;
    }

    /// The tasks' part, as far as the meter has grown since the last sample: a run is counted when it ends, and may
    /// have taken many samples' time. The rest is shown with later ones.
    private long believable(long tasksMicrojoules, Sensors.Meter meter) {
        var counter = meter.counterMicrojoules();
        if (lastMeter == null) return Math.min(tasksMicrojoules, counter);
        var grown = Math.max(0, counter - lastMeter.counterMicrojoules());
        return Math.min(counter, Math.min(tasksMicrojoules, lastTasksMicrojoules + grown));
    }

    /// Mean power since the last sample; 0 in the first. The model never exceeds the thermal design power by the
    /// grain of the processor ticks it is made of.
    private int power(Sensors.Meter meter, long now) {
        var micros = (now - lastNanos) / NANOS_PER_MICRO;
        if (lastMeter == null || micros <= 0) return 0;
        var grown = Math.max(0, meter.counterMicrojoules() - lastMeter.counterMicrojoules());
        var milliwatts = (long) Math.min(Integer.MAX_VALUE, (double) grown * 1_000 / micros);
        return (int) (meter.source() == EnergySource.MODEL ? Math.min(milliwatts, tdpMilliwatts) : milliwatts);
    }
}
