package org.ambientvcp.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ambientvcp.events.EnergySource;

/// Intel's and AMD's energy counters (RAPL) as Linux shows them under `/sys/class/powercap`: the sum of the
/// processor packages, from the time the meter was opened. Thread-safe.
///
/// A package's counter wraps at `max_energy_range_uj`, after some minutes at full power; it must be read more
/// often than that, which telemetry does.
final class RaplMeter {
    private static final Pattern PACKAGE_ZONE = Pattern.compile("intel-rapl:\\d+");
    /// Assumed, not measured: published comparisons with meters at the plug find a few percent.
    private static final int UNCERTAINTY_PPM = 50_000;

    private static final class Zone {
        private final Path counter;
        private final long range;
        private long last;

        private Zone(Path counter, long range, long last) {
            this.counter = counter;
            this.range = range;
            this.last = last;
        }
    }

    private final List<Zone> zones;
    private long microjoules;

    private RaplMeter(List<Zone> zones) {
        this.zones = zones;
    }

    /// The meter, if the machine has the counters and this process may read them.
    static Optional<RaplMeter> open(Path powercap) {
        var zones = new ArrayList<Zone>();
        try (var entries = Files.list(powercap)) {
            for (var zone : entries.filter(RaplMeter::isPackage).sorted().toList())
                zones.add(new Zone(
                        zone.resolve("energy_uj"),
                        read(zone.resolve("max_energy_range_uj")),
                        read(zone.resolve("energy_uj"))));
        } catch (IOException missingOrForbidden) {
            return Optional.empty();
        }
        return zones.isEmpty() ? Optional.empty() : Optional.of(new RaplMeter(zones));
    }

    /// @throws IOException if a counter cannot be read any more
    synchronized Sensors.Meter read() throws IOException {
        for (var zone : zones) {
            var now = read(zone.counter);
            microjoules += grown(zone.last, now, zone.range);
            zone.last = now;
        }
        return new Sensors.Meter(EnergySource.RAPL, microjoules, UNCERTAINTY_PPM);
    }

    /// What a counter that wraps to 0 after `range` grew by.
    static long grown(long last, long now, long range) {
        return now >= last ? now - last : Math.max(0, range - last) + now;
    }

    private static boolean isPackage(Path zone) {
        return PACKAGE_ZONE.matcher(zone.getFileName().toString()).matches();
    }

    private static long read(Path file) throws IOException {
        var value = ProcFiles.number(Files.readString(file));
        if (value.isEmpty() || value.getAsLong() < 0) throw new IOException(file + " does not hold a number ≥ 0");
        return value.getAsLong();
    }
}
