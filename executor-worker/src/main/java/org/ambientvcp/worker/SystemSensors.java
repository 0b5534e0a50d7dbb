package org.ambientvcp.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Settings;
import org.ambientvcp.worker.ProcFiles.CpuTicks;
import org.jspecify.annotations.Nullable;

/// Measures this machine (Linux; elsewhere most sensors are missing). Thread-safe.
///
/// | value | from |
/// |---|---|
/// | processors | `/proc/stat`, since the last sample |
/// | memory | `/proc/meminfo` |
/// | temperature | the hottest of `/sys/class/thermal` |
/// | energy | RAPL if readable; else the model of [TaskEnergy] over the machine's busy time |
/// | latency | one metadata request to the brokers |
/// | bandwidth | VCP_BANDWIDTH_MBPS; a measurement would take the bandwidth it measures |
public final class SystemSensors implements Sensors {
    private static final int KBPS_PER_MBPS = 1_000;

    private final Path proc;
    private final Path thermal;
    private final @Nullable RaplMeter rapl;
    private final @Nullable Integer bandwidthKbps;
    private final int tdpMilliwatts;
    private final int processors;
    private final @Nullable BrokerLatency latency;
    private final @Nullable CpuTicks opened;
    private @Nullable CpuTicks lastSample;

    /// @param root where `proc` and `sys` are
    /// @param latency null: no sensor
    SystemSensors(
            Path root,
            int tdpMilliwatts,
            int processors,
            @Nullable Integer bandwidthKbps,
            @Nullable BrokerLatency latency) {
        proc = root.resolve("proc");
        thermal = root.resolve("sys/class/thermal");
        rapl = RaplMeter.open(root.resolve("sys/class/powercap")).orElse(null);
        this.bandwidthKbps = bandwidthKbps;
        this.tdpMilliwatts = tdpMilliwatts;
        this.processors = processors;
        this.latency = latency;
        opened = cpuTicks().orElse(null);
        lastSample = opened;
    }

    /// The sensors of this machine. Reads VCP_BANDWIDTH_MBPS.
    public static SystemSensors open(Settings settings, KafkaConnection connection, NodeConfig config) {
        var mbps = settings.integer("VCP_BANDWIDTH_MBPS", 0, 0, 1_000_000);
        return new SystemSensors(
                Path.of("/"),
                config.tdpMilliwatts(),
                Runtime.getRuntime().availableProcessors(),
                mbps == 0 ? null : mbps * KBPS_PER_MBPS,
                new BrokerLatency(connection));
    }

    @Override
    public Readings sample() {
        return new Readings(
                bandwidthKbps,
                latency == null ? null : boxed(latency.measureMicros()),
                boxed(cpuFreePpm()),
                boxed(text(proc.resolve("meminfo"))
                        .map(ProcFiles::memoryFreePpm)
                        .orElse(OptionalInt.empty())),
                boxed(hottestMilliCelsius()));
    }

    @Override
    public @Nullable Meter meter() {
        if (rapl == null) return model();
        try {
            return rapl.read();
        } catch (IOException unreadable) {
            return null; // never the model: its counter would be below what RAPL said before
        }
    }

    private @Nullable Meter model() {
        var now = cpuTicks();
        if (opened == null || now.isEmpty()) return null;
        var busyMicros = Math.max(0, now.get().busy() - opened.busy()) * CpuTicks.MICROS_PER_TICK;
        return new Meter(
                EnergySource.MODEL,
                TaskEnergy.model(busyMicros, tdpMilliwatts, processors),
                TaskEnergy.MODEL_UNCERTAINTY_PPM);
    }

    private synchronized OptionalInt cpuFreePpm() {
        var now = cpuTicks();
        if (now.isEmpty()) return OptionalInt.empty();
        var before = lastSample;
        lastSample = now.get();
        return before == null ? OptionalInt.empty() : now.get().freePpmSince(before);
    }

    private Optional<CpuTicks> cpuTicks() {
        return text(proc.resolve("stat")).flatMap(ProcFiles::cpuTicks);
    }

    private OptionalInt hottestMilliCelsius() {
        try (var zones = Files.list(thermal)) {
            return zones.filter(zone -> zone.getFileName().toString().startsWith("thermal_zone"))
                    .flatMap(zone -> text(zone.resolve("temp")).stream())
                    .flatMapToInt(temp -> ProcFiles.milliCelsius(temp).stream())
                    .max();
        } catch (IOException missing) {
            return OptionalInt.empty();
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private static @Nullable Integer boxed(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    @Override
    public void close() {
        if (latency != null) latency.close();
    }
}
