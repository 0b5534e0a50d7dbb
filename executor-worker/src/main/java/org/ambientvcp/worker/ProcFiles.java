package org.ambientvcp.worker;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Reads what Linux writes in `/proc` and `/sys`. Pure functions; a text that is not as expected is a missing
/// sensor.
final class ProcFiles {
    private static final int PPM = 1_000_000;
    private static final Pattern SPACES = Pattern.compile("\\s+");
    /// Sensors that are not connected report values far outside of what a machine survives.
    private static final int LEAST_MILLI_CELSIUS = -60_000;

    private static final int MOST_MILLI_CELSIUS = 200_000;

    /// Processor time of all processors since the machine started, in ticks of 1/100 s.
    ///
    /// @param busy all but idle and waiting for I/O
    record CpuTicks(long busy, long total) {
        static final long MICROS_PER_TICK = 10_000;

        /// Free share since an earlier reading, 0–1,000,000; empty if no time has passed.
        OptionalInt freePpmSince(CpuTicks earlier) {
            var passed = total - earlier.total;
            if (passed <= 0) return OptionalInt.empty();
            var used = Math.clamp(busy - earlier.busy, 0, passed);
            return OptionalInt.of((int) ((passed - used) * PPM / passed));
        }
    }

    private ProcFiles() {}

    /// The first line of `/proc/stat`: user, nice, system, idle, iowait, irq, softirq, steal. Guest time is
    /// part of user time and not counted twice.
    static Optional<CpuTicks> cpuTicks(String procStat) {
        var fields = SPACES.split(procStat.lines().findFirst().orElse("").strip(), -1);
        if (fields.length < 9 || !fields[0].equals("cpu")) return Optional.empty();
        try {
            var total = 0L;
            for (int field = 1; field <= 8; field++) total = Math.addExact(total, Long.parseLong(fields[field]));
            var idle = Math.addExact(Long.parseLong(fields[4]), Long.parseLong(fields[5]));
            return Optional.of(new CpuTicks(total - idle, total));
        } catch (NumberFormatException | ArithmeticException damaged) {
            return Optional.empty();
        }
    }

    /// `MemAvailable` of `MemTotal` in `/proc/meminfo`, 0–1,000,000.
    static OptionalInt memoryFreePpm(String procMeminfo) {
        var total = kibibytes(procMeminfo, "MemTotal:");
        var available = kibibytes(procMeminfo, "MemAvailable:");
        if (total.isEmpty() || available.isEmpty() || total.getAsLong() == 0) return OptionalInt.empty();
        var free = Math.min(available.getAsLong(), total.getAsLong());
        return OptionalInt.of((int) (free * PPM / total.getAsLong()));
    }

    /// A thermal zone's `temp`, milli-degrees Celsius.
    static OptionalInt milliCelsius(String temp) {
        var value = number(temp);
        return value.isPresent() && LEAST_MILLI_CELSIUS <= value.getAsLong() && value.getAsLong() <= MOST_MILLI_CELSIUS
                ? OptionalInt.of((int) value.getAsLong())
                : OptionalInt.empty();
    }

    /// A file that holds one whole number.
    static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException damaged) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong kibibytes(String procMeminfo, String label) {
        return procMeminfo
                .lines()
                .filter(line -> line.startsWith(label) && line.endsWith(" kB"))
                .mapToLong(line -> number(line.substring(label.length(), line.length() - " kB".length()))
                        .orElse(-1))
                .filter(value -> value >= 0 && value < Long.MAX_VALUE / PPM)
                .findFirst();
    }
}
