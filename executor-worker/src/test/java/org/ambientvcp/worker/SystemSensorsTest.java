package org.ambientvcp.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.worker.ProcFiles.CpuTicks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemSensorsTest {
    private static final String STAT = """
        cpu  1000 50 300 8000 200 10 20 5 77 0
        cpu0 500 25 150 4000 100 5 10 2 40 0
        intr 123456
        """;
    private static final String MEMINFO = """
        MemTotal:       16000000 kB
        MemFree:         1000000 kB
        MemAvailable:    4000000 kB
        """;

    @TempDir
    private Path root;

    @BeforeEach
    void linux() throws IOException {
        write("proc/stat", STAT);
        write("proc/meminfo", MEMINFO);
    }

    @Test
    void readsTheTicksOfAllProcessors() {
        assertThat(ProcFiles.cpuTicks(STAT)).contains(new CpuTicks(1_385, 9_585));
    }

    @Test
    void textThatIsNotAsExpectedIsAMissingSensor() {
        assertThat(ProcFiles.cpuTicks("")).isEmpty();
        assertThat(ProcFiles.cpuTicks("cpu 1 2 3")).isEmpty();
        assertThat(ProcFiles.cpuTicks("cpu  a b c d e f g h")).isEmpty();
        assertThat(ProcFiles.cpuTicks("cpu  9223372036854775807 1 1 1 1 1 1 1")).isEmpty();
        assertThat(ProcFiles.memoryFreePpm("MemTotal: 0 kB\nMemAvailable: 0 kB\n"))
                .isEmpty();
        assertThat(ProcFiles.memoryFreePpm("MemTotal: 5 kB\n")).isEmpty();
        assertThat(ProcFiles.memoryFreePpm("MemTotal: many kB\nMemAvailable: 1 kB\n"))
                .isEmpty();
        assertThat(ProcFiles.milliCelsius("hot")).isEmpty();
        assertThat(ProcFiles.milliCelsius("-274000")).isEmpty();
        assertThat(ProcFiles.milliCelsius("3000000000")).isEmpty();
    }

    @Test
    void processorsAreMeasuredFromSampleToSample() throws IOException {
        var sensors = sensors();
        assertThat(sensors.sample().cpuFreePpm()).isNull();

        write("proc/stat", "cpu  1075 50 300 8025 200 10 20 5 77 0\n");

        assertThat(sensors.sample().cpuFreePpm()).isEqualTo(250_000);
    }

    @Test
    void memoryIsWhatProgramsCouldStillHave() {
        assertThat(sensors().sample().memoryFreePpm()).isEqualTo(250_000);
    }

    @Test
    void temperatureIsTheHottestZones() throws IOException {
        write("sys/class/thermal/thermal_zone0/temp", "41000\n");
        write("sys/class/thermal/thermal_zone1/temp", "67500\n");
        write("sys/class/thermal/thermal_zone2/temp", "-2147483648\n");
        write("sys/class/thermal/cooling_device0/temp", "99000\n");

        assertThat(sensors().sample().temperatureMilliCelsius()).isEqualTo(67_500);
    }

    @Test
    void withoutZonesThereIsNoTemperature() {
        assertThat(sensors().sample().temperatureMilliCelsius()).isNull();
    }

    @Test
    void withoutLinuxEverythingButTheConfiguredIsMissing(@TempDir Path empty) {
        var sensors = new SystemSensors(empty, 65_000, 2, 50_000, null);

        assertThat(sensors.sample()).isEqualTo(new Sensors.Readings(50_000, null, null, null, null));
        assertThat(sensors.meter()).isNull();
    }

    @Test
    void raplCountsFromItsOpeningOverAllPackagesAndWraps() throws IOException {
        rapl("intel-rapl:0", 1_000, 5_000);
        rapl("intel-rapl:1", 4_900, 5_000);
        rapl("intel-rapl:0:0", 7_000_000, 9_000_000);
        var sensors = sensors();

        rapl("intel-rapl:0", 1_200, 5_000);
        rapl("intel-rapl:1", 50, 5_000);
        rapl("intel-rapl:0:0", 8_000_000, 9_000_000);

        var meter = Objects.requireNonNull(sensors.meter());
        assertThat(meter.source()).isEqualTo(EnergySource.RAPL);
        assertThat(meter.counterMicrojoules()).isEqualTo(200 + 150);
    }

    @Test
    void raplThatCannotBeReadAnyMoreIsMissingAndNotReplaced() throws IOException {
        rapl("intel-rapl:0", 1_000, 5_000);
        var sensors = sensors();

        write("sys/class/powercap/intel-rapl:0/energy_uj", "");

        assertThat(sensors.meter()).isNull();
    }

    @Test
    void withoutRaplTheModelCountsBusyTime() throws IOException {
        var sensors = sensors();

        write("proc/stat", "cpu  1100 50 300 8500 200 10 20 5 77 0\n");

        // 100 ticks = 1 s of one of two processors of 65 W
        assertThat(sensors.meter()).isEqualTo(new Sensors.Meter(EnergySource.MODEL, 32_500_000, 300_000));
    }

    private SystemSensors sensors() {
        return new SystemSensors(root, 65_000, 2, null, null);
    }

    private void rapl(String zone, long energy, long range) throws IOException {
        write("sys/class/powercap/" + zone + "/energy_uj", energy + "\n");
        write("sys/class/powercap/" + zone + "/max_energy_range_uj", range + "\n");
    }

    private void write(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
