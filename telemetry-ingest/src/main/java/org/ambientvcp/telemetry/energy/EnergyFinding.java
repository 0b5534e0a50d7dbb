package org.ambientvcp.telemetry.energy;

import org.ambientvcp.events.NodeEnergy;

/// What a reading says. One that cannot be true is an answer, not an exception.
public sealed interface EnergyFinding {
    /// A reading that is believed.
    sealed interface Believed extends EnergyFinding {
        MeterReading meter();
    }

    /// The first of a series: nothing to subtract from it.
    record First(MeterReading meter) implements Believed {}

    /// The energy since the last reading.
    record Used(MeterReading meter, NodeEnergy energy) implements Believed {}

    /// @param reason names the value, what was expected and what came
    record Implausible(String reason) implements EnergyFinding {}
}
