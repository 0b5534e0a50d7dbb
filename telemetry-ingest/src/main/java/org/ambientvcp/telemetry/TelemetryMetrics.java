package org.ambientvcp.telemetry;

import com.codahale.metrics.MetricRegistry;
import java.util.Locale;
import org.ambientvcp.events.Breaker;

/// What the service counts. Thread-safe. A batch that is done again after a crash is counted again.
final class TelemetryMetrics {
    private final MetricRegistry registry;

    TelemetryMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    void registration() {
        registry.counter("telemetry.registrations").inc();
    }

    void sample() {
        registry.counter("telemetry.samples").inc();
    }

    void energyReading() {
        registry.counter("telemetry.energy-readings").inc();
    }

    /// @param code one of the codes of dead letters
    void refused(String code) {
        registry.counter("telemetry.refused." + code).inc();
    }

    void breakerBecame(Breaker breaker) {
        registry.counter("telemetry.breakers."
                        + breaker.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .inc();
    }

    void nodeUpdate() {
        registry.counter("telemetry.node-updates").inc();
    }
}
