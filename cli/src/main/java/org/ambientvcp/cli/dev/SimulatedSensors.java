package org.ambientvcp.cli.dev;

import java.util.random.RandomGenerator;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.worker.Sensors;

/// Measurements that scatter around a profile, and a power meter that runs at 60 % of the thermal design power.
final class SimulatedSensors implements Sensors {
    private static final int SCATTER_PERCENT = 5;
    private static final int LOAD_PERCENT = 60;
    private static final int UNCERTAINTY_PPM = 50_000;

    private final SimulatedNode node;
    private final RandomGenerator random;
    private final long startNanos = System.nanoTime();

    SimulatedSensors(SimulatedNode node, RandomGenerator random) {
        this.node = node;
        this.random = random;
    }

    @Override
    public synchronized Readings sample() {
        return new Readings(
                scatter(node.bandwidthMbps() * 1_000),
                scatter(node.latencyMillis() * 1_000),
                scatter(node.cpuFreePercent() * 10_000),
                scatter(node.memoryFreePercent() * 10_000),
                node.celsius() * 1_000 + random.nextInt(-500, 501));
    }

    @Override
    public Meter meter() {
        // W · ns = nJ; a thousand of them are a µJ
        var microjoules = (System.nanoTime() - startNanos) / 1_000 * node.tdpWatts() * LOAD_PERCENT / 100;
        return new Meter(EnergySource.MODEL, microjoules, UNCERTAINTY_PPM);
    }

    private int scatter(int mean) {
        var most = mean * SCATTER_PERCENT / 100;
        return Math.min(mean + random.nextInt(-most, most + 1), mean <= 1_000_000 ? 1_000_000 : Integer.MAX_VALUE);
    }
}
