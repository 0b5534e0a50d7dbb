package org.ambientvcp.worker;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.ambientvcp.events.EnergyReading;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.TelemetrySample;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.EventProducer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends one signed sample per call. A sample that cannot be sent is lost; the next one stands for it. Used by
/// one thread.
final class Telemetry implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);
    private static final long NANOS_PER_MICRO = 1_000;

    private final Identity identity;
    private final long epoch;
    private final NodeConfig config;
    private final Sensors sensors;
    private final NodeLoad load;
    private final EventProducer producer;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private long sequence;
    private Sensors.@Nullable Meter lastMeter;
    private long lastNanos;

    Telemetry(
            Identity identity,
            long epoch,
            NodeConfig config,
            Sensors sensors,
            NodeLoad load,
            EventProducer producer,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.identity = identity;
        this.epoch = epoch;
        this.config = config;
        this.sensors = sensors;
        this.load = load;
        this.producer = producer;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public void run() {
        try {
            var _ = producer.send(Topics.TELEMETRY, identity.id(), identity.sign(Domain.TELEMETRY, sample()))
                    .exceptionally(failure -> {
                        LOG.atWarn().addKeyValue("cause", failure.toString()).log("telemetry could not be sent");
                        return null;
                    });
        } catch (RuntimeException defect) { // else the schedule would end in silence
            LOG.atError().setCause(defect).log("telemetry could not be measured");
        }
    }

    TelemetrySample sample() {
        // Before the meter: what tasks have used is never more than what the meter, read later, shows for them.
        var tasks = load.tasksMicrojoules();
        var readings = sensors.sample();
        return TelemetrySample.newBuilder()
                .setNodeId(identity.id())
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
        var reading = EnergyReading.newBuilder()
                .setSource(meter.source())
                .setCounterMicrojoules(meter.counterMicrojoules())
                .setTasksMicrojoules(Math.min(tasksMicrojoules, meter.counterMicrojoules()))
                .setPowerMilliwatts(power(meter, now))
                .setUncertaintyPpm(meter.uncertaintyPpm())
                .build();
        lastMeter = meter;
        lastNanos = now;
        return reading;
    }

    /// Mean power since the last sample; 0 in the first. The model never exceeds the thermal design power by the
    /// grain of the processor ticks it is made of.
    private int power(Sensors.Meter meter, long now) {
        var micros = (now - lastNanos) / NANOS_PER_MICRO;
        if (lastMeter == null || micros <= 0) return 0;
        var grown = Math.max(0, meter.counterMicrojoules() - lastMeter.counterMicrojoules());
        var milliwatts = (long) Math.min(Integer.MAX_VALUE, (double) grown * 1_000 / micros);
        return (int) (meter.source() == EnergySource.MODEL ? Math.min(milliwatts, config.tdpMilliwatts()) : milliwatts);
    }
}
